#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What became of a document: JSON, or what is wrong with it and where.
struct ctoml_result {
    /// To be freed with `ctoml_free`; JSON where `line` is 0, else what is wrong. Null where memory is short.
    char *_Nullable text;
    /// From 1; 0 where nothing is wrong.
    unsigned line;
    /// From 1.
    unsigned column;
};

/// The TOML document of so many bytes as JSON.
struct ctoml_result ctoml_json(const char *_Nonnull bytes, size_t count);

/// Frees the text of a result.
void ctoml_free(char *_Nullable text);

#ifdef __cplusplus
}
#endif
