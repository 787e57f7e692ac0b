/* libxml2's headers bring in ICU's, whose types clash with those of Swift's Foundation; nothing of ICU's is used. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
