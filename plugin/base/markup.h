// What a page of HTML or XML says: to whoever reads it, and to whoever looks at its source. By libxml2, which reads broken pages too.
// And a text as a page shows it.
//
//     read_markup("<p title='a&amp;b'>王<b>小</b>明</p><p>x</p><!-- y -->")
//       ->  shown "王小明\nx"     hidden {"a&b", " y "}     links {}
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shide {

struct MarkupReading {
  std::string shown;                // blocks apart by a line break; entities resolved
  std::vector<std::string> hidden;  // values of attributes, comments, scripts, styles, templates
  std::vector<std::string> links;   // href and src as written
};

/// Any bytes; pure and thread-safe. The caller limits the size: memory is some ten times that.
MarkupReading read_markup(std::string_view bytes);

/// For text that stands in HTML outside a template, also in an attribute; and in XML.
std::string escape_html(std::string_view text);

/// Nothing but p, one a line of the text: what every portal's editor takes.
std::string plain_html(std::string_view text);

/// Percent escapes and \uXXXX undone, wherever they stand: 王小明 as %E7%8E%8B... in a link, as \u738b... in a script. What is no
/// escape stays; the result need not be valid UTF-8.
std::string unescaped(std::string_view source);

}  // namespace shide
