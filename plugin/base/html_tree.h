// libxml2's tree of a page, for those in this folder that read one: markup and page_shell.
#pragma once

#include <libxml/HTMLparser.h>

#include <memory>
#include <string>
#include <string_view>

namespace shide::html {

using Document = std::unique_ptr<xmlDoc, void (*)(xmlDoc*)>;

/// Broken pages too, and nothing is fetched; empty when there is nothing to read. `options` are added to HTML_PARSE_RECOVER.
inline Document parse(std::string_view bytes, int options = 0) {
  constexpr int kQuiet = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  return {htmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, "UTF-8", kQuiet | options), xmlFreeDoc};
}

inline std::string_view view(const xmlChar* text) { return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view{}; }

inline std::string value_of(const xmlAttr& attribute) {
  std::string value;
  for (const xmlNode* part = attribute.children; part; part = part->next) value += view(part->content);
  return value;
}

inline bool is_text(const xmlNode& node) { return node.type == XML_TEXT_NODE || node.type == XML_CDATA_SECTION_NODE; }

/// Calls visitor.enter(node), which says whether to look inside, and visitor.leave(node), for the root and all below it in the order
/// of the page. Without recursion: how deep a page is nested is not ours to say.
template <class Visitor>
void walk(const xmlNode* root, Visitor& visitor) {
  for (const xmlNode* node = root; node;) {
    if (visitor.enter(*node) && node->children) {
      node = node->children;
      continue;
    }
    visitor.leave(*node);
    while (node != root && !node->next) {
      node = node->parent;
      visitor.leave(*node);
    }
    node = node == root ? nullptr : node->next;
  }
}

}  // namespace shide::html
