#include <libxml/xmlversion.h>
// Debian's libxml2 converts encodings through ICU, whose headers clash with the ICU inside Foundation. Nothing we call
// mentions ICU, so its declarations are left out.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
