#pragma once
#include <curl/curl.h>

// libcurl brings thirty libraries with it, a third of the time that the program takes to start, and most runs never ask
// a server. So it is loaded by the first call: the functions of libcurl that we use are defined here, and pass on.

/// Why libcurl could not be loaded; null where it was, or nobody asked for it yet. Loaded, it stays.
const char *palimpsest_curl_complaint(void);

// curl_url_get takes a pointer to a constant in later versions of libcurl.

CURLUcode palimpsest_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags);

// curl_easy_setopt is variadic, which Swift cannot call.

CURLcode palimpsest_set_number(CURL *easy, CURLoption option, long value);
CURLcode palimpsest_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode palimpsest_set_pointer(CURL *easy, CURLoption option, void *value);

typedef size_t (*palimpsest_receiver)(char *bytes, size_t size, size_t count, void *context);

CURLcode palimpsest_set_receiver(CURL *easy, CURLoption option, palimpsest_receiver value);

// Macros with casts, which Swift does not import.

static const long palimpsest_auth_basic = CURLAUTH_BASIC;
static const long palimpsest_auth_bearer = CURLAUTH_BEARER;
static const long palimpsest_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long palimpsest_global_default = CURL_GLOBAL_DEFAULT;
