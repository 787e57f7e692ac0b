#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call.

static inline CURLcode palimpsest_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode palimpsest_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode palimpsest_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

typedef size_t (*palimpsest_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode palimpsest_set_receiver(CURL *easy, CURLoption option, palimpsest_receiver value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode palimpsest_get_text(CURL *easy, CURLINFO info, char **value) {
    return curl_easy_getinfo(easy, info, value);
}

// Macros with casts, which Swift does not import.

static const long palimpsest_auth_basic = CURLAUTH_BASIC;
static const long palimpsest_auth_bearer = CURLAUTH_BEARER;
static const long palimpsest_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long palimpsest_global_default = CURL_GLOBAL_DEFAULT;
