#include <isa-l/igzip_lib.h>

/// Swift does not see what a macro adds up.
enum { palimpsest_isal_level1_buffer = ISAL_DEF_LVL1_DEFAULT };
