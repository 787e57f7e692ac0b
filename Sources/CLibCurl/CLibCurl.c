#define CURL_DISABLE_TYPECHECK
#include "CLibCurl.h"
#include <dlfcn.h>
#include <pthread.h>
#undef curl_easy_setopt

static void *library;
static const char *complaint;

static void load(void) {
    library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) complaint = dlerror();
}

static void *function(const char *name) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return library ? dlsym(library, name) : NULL;
}

const char *palimpsest_curl_complaint(void) { return complaint; }

// Defines one of libcurl's functions; without the library it says `failure`.
#define PASS_ON(result, name, parameters, arguments, failure) \
    result name parameters { \
        __typeof__(&name) real = (__typeof__(&name))function(#name); \
        return real ? real arguments : failure; \
    }

// The same for one that says nothing.
#define PASS_ON_VOID(name, parameters, arguments) \
    void name parameters { \
        __typeof__(&name) real = (__typeof__(&name))function(#name); \
        if (real) real arguments; \
    }

PASS_ON(CURLcode, curl_global_init, (long flags), (flags), CURLE_FAILED_INIT)

PASS_ON(CURL *, curl_easy_init, (void), (), NULL)
PASS_ON_VOID(curl_easy_cleanup, (CURL *easy), (easy))
PASS_ON(CURLcode, curl_easy_pause, (CURL *easy, int mask), (easy, mask), CURLE_FAILED_INIT)
PASS_ON(const char *, curl_easy_strerror, (CURLcode status), (status), NULL)

PASS_ON(CURLM *, curl_multi_init, (void), (), NULL)
PASS_ON(CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi), CURLM_BAD_HANDLE)
PASS_ON(CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *easy), (multi, easy), CURLM_BAD_HANDLE)
PASS_ON(CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *easy), (multi, easy), CURLM_BAD_HANDLE)
PASS_ON(CURLMcode, curl_multi_perform, (CURLM *multi, int *running), (multi, running), CURLM_BAD_HANDLE)
PASS_ON(CURLMsg *, curl_multi_info_read, (CURLM *multi, int *left), (multi, left), NULL)
PASS_ON(
    CURLMcode, curl_multi_poll,
    (CURLM *multi, struct curl_waitfd extra[], unsigned count, int milliseconds, int *ready),
    (multi, extra, count, milliseconds, ready), CURLM_BAD_HANDLE)
PASS_ON(const char *, curl_multi_strerror, (CURLMcode status), (status), NULL)

PASS_ON(
    struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *line), (list, line), NULL)
PASS_ON_VOID(curl_slist_free_all, (struct curl_slist *list), (list))

PASS_ON(CURLU *, curl_url, (void), (), NULL)
PASS_ON_VOID(curl_url_cleanup, (CURLU *url), (url))
PASS_ON(
    CURLUcode, curl_url_set, (CURLU *url, CURLUPart part, const char *text, unsigned flags),
    (url, part, text, flags), CURLUE_BAD_HANDLE)
CURLUcode palimpsest_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags) {
    __typeof__(&curl_url_get) real = (__typeof__(&curl_url_get))function("curl_url_get");
    return real ? real(url, part, text, flags) : CURLUE_BAD_HANDLE;
}

PASS_ON(const char *, curl_url_strerror, (CURLUcode status), (status), NULL)
PASS_ON_VOID(curl_free, (void *memory), (memory))

// Defines a setter of options whose value has this type.
#define SET(name, type) \
    CURLcode name(CURL *easy, CURLoption option, type value) { \
        __typeof__(&curl_easy_setopt) real = (__typeof__(&curl_easy_setopt))function("curl_easy_setopt"); \
        return real ? real(easy, option, value) : CURLE_FAILED_INIT; \
    }

SET(palimpsest_set_number, long)
SET(palimpsest_set_text, const char *)
SET(palimpsest_set_pointer, void *)
SET(palimpsest_set_receiver, palimpsest_receiver)
