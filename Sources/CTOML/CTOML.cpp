// toml++ is C++, which Swift sees through these two functions.
#include "CTOML.h"

#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <string_view>

ctoml_result ctoml_json(const char *bytes, size_t count) {
    try {
        std::ostringstream json;
        json << toml::json_formatter{toml::parse(std::string_view{bytes, count})};
        return {strdup(json.str().c_str()), 0, 0};
    } catch (const toml::parse_error &error) {
        const auto place = error.source().begin;
        return {strdup(std::string{error.description()}.c_str()), place.line > 0 ? place.line : 1, place.column};
    } catch (...) {
        return {nullptr, 1, 1};
    }
}

void ctoml_free(char *text) { std::free(text); }
