#include <hs/hs.h>
// For malloc_trim: compiling leaves much behind.
#include <malloc.h>
