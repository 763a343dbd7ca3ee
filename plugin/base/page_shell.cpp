#include "base/page_shell.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/html_tree.h"
#include "base/markup.h"
#include "base/text.h"
#include "base/web_address.h"

namespace shide {
namespace {

constexpr std::size_t kMostStylesheets = 60;

using html::value_of;
using html::view;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What a page of words, pictures and links is made of. Of any other element only what is inside stays: a list of what is dangerous is
// never whole (a browser reads <xmp> or <plaintext> otherwise than a parser that does not know them).
bool is_kept(std::string_view name) {
  static const std::set<std::string_view> kKept = {
      "a", "abbr", "address", "area", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div",
      "dl", "dt", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "input", "ins", "kbd", "label", "legend",
      "li", "main", "map", "mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strong", "sub", "summary", "sup", "table", "tbody",
      "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
      "svg", "g", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect", "defs", "lineargradient", "radialgradient", "stop", "clippath", "symbol", "use", "text", "tspan", "filter",
      "fecolormatrix", "fecomponenttransfer", "fecomposite", "fefuncr", "fefuncg", "fefuncb", "fefunca"};
  return kKept.contains(name);
}

// Gone with all that is inside: no words of the page.
bool is_dropped(std::string_view name) {
  static constexpr auto kDropped = std::to_array<std::string_view>({"script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "textarea", "select", "option", "title", "desc", "math",
                                                                    "foreignobject", "xmp", "plaintext", "listing", "noembed", "noframes", "frameset", "audio", "video", "canvas", "metadata"});
  return is_one_of(name, kDropped);
}

bool is_void(std::string_view name) {
  static constexpr auto kVoid = std::to_array<std::string_view>({"area", "br", "col", "hr", "img", "input", "source", "wbr"});
  return is_one_of(name, kVoid);
}

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '-' || c == '_' || c == ':'); });
}

std::string attribute_of(const xmlNode& node, std::string_view wanted) {
  for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next) {
    if (view(attribute->name) == wanted) return value_of(*attribute);
  }
  return {};
}

/// Addresses as the page means them: relative to its own. Empty for what is no place to go: javascript:, blob:, file:.
class Addresses {
 public:
  explicit Addresses(std::string_view page) : scheme_(page.substr(0, page.find("://"))), origin_(origin_of(page)) {
    std::string_view path = page.substr(origin_.size());
    path = path.substr(0, path.find_first_of("?#"));
    folder_ = origin_ + (path.empty() ? "/" : std::string(path.substr(0, path.rfind('/') + 1)));
  }

  std::string whole(std::string_view written, bool may_be_data) const {
    std::string address;
    for (char c : trim(written)) {  // as browsers do before they look at the scheme
      if (c != '\t' && c != '\n' && c != '\r') address += c;
    }
    if (address.empty() || std::any_of(address.begin(), address.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; })) return {};
    if (address.front() == '#') return address;
    if (address.starts_with("//")) return scheme_ + ":" + address;
    if (address.front() == '/') return origin_ + address;
    std::size_t colon = address.find_first_of(":/?#");
    if (colon == std::string::npos || address[colon] != ':') return folder_ + address;
    std::string scheme = lower_ascii(address.substr(0, colon));
    if (scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel") return address;
    if (scheme == "data" && may_be_data && lower_ascii(address).starts_with("data:image/")) return address;
    return {};
  }

  /// "a.png 1x, b.png 2x"
  std::string whole_set(std::string_view written) const {
    std::string out;
    for (std::string_view one : split(written, ',')) {
      one = trim(one);
      std::size_t blank = one.find(' ');
      std::string address = whole(one.substr(0, blank), false);
      if (address.empty()) continue;
      out += (out.empty() ? "" : ", ") + address + (blank == std::string_view::npos ? "" : std::string(one.substr(blank)));
    }
    return out;
  }

  /// url(...) of a style that moves into a file of its own.
  std::string in_style(std::string_view style) const {
    std::string out;
    for (std::size_t at; (at = style.find("url(")) != std::string_view::npos;) {
      out += style.substr(0, at + 4);
      style.remove_prefix(at + 4);
      std::size_t end = style.find(')');
      if (end == std::string_view::npos) break;
      std::string_view written = trim(style.substr(0, end));
      char quote = !written.empty() && (written.front() == '"' || written.front() == '\'') ? written.front() : '\0';
      if (quote) written = written.substr(1, written.size() > 1 ? written.size() - 2 : 0);
      // A picture in the style itself may hold brackets of its own: it stays as it is.
      if (written.starts_with("data:") || written.starts_with("#")) continue;
      std::string address = whole(written, true);
      out += address.find_first_of("\"'()\\ ") == std::string::npos ? address : "";
      style.remove_prefix(end);
    }
    out += style;
    return out;
  }

 private:
  std::string scheme_, origin_, folder_;
};

class Cutter {
 public:
  Cutter(const Addresses& addresses, const xmlNode* marker) : addresses_(addresses), marker_(marker) {
    for (const xmlNode* node = marker; node; node = node->parent) around_.insert(node);
  }

  PageShell cut(const xmlNode* root) && {
    html::walk(root, *this);
    return std::move(shell_);
  }

  bool enter(const xmlNode& node) {
    if (html::is_text(node)) {
      if (!is_in_head(node)) out() += escape_html(view(node.content));
      return false;
    }
    if (node.type != XML_ELEMENT_NODE) return false;
    if (&node == marker_) {
      is_below_ = true;
      return false;
    }
    std::string_view name = view(node.name);
    if (name == "body" && shell_.body_class.empty()) shell_.body_class = attribute_of(node, "class");
    if (name == "style") keep_style(node);
    if (name == "link") keep_stylesheet(node);
    if (is_frame(name)) return true;
    bool asks_a_secret = name == "input" && lower_ascii(attribute_of(node, "type")) != "search" && lower_ascii(attribute_of(node, "type")) != "submit" &&
                         !attribute_of(node, "type").empty() && lower_ascii(attribute_of(node, "type")) != "text" && lower_ascii(attribute_of(node, "type")) != "hidden";
    if (is_dropped(name) || asks_a_secret) return false;
    if (!is_kept(name)) return true;
    open(node, shown_name(node));
    return !is_void(name);
  }

  void leave(const xmlNode& node) {
    std::string_view name = view(node.name);
    bool was_opened = node.type == XML_ELEMENT_NODE && &node != marker_ && is_kept(name) && !is_void(name);
    if (was_opened) out() += "</" + shown_name(node) + ">";
  }

 private:
  // The frame of the document is ours.
  static bool is_frame(std::string_view name) { return name == "html" || name == "body" || name == "head"; }

  std::string& out() { return is_below_ ? shell_.bottom : shell_.top; }
  std::string shown_name(const xmlNode& node) const {
    std::string_view name = view(node.name);
    return name == "main" && around_.contains(&node) ? "div" : std::string(name);
  }

  bool is_in_head(const xmlNode& node) const { return node.parent && view(node.parent->name) == "head"; }

  void open(const xmlNode& node, const std::string& name) {
    out() += "<" + name;
    std::set<std::string> seen;
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next) {
      std::string key = lower_ascii(view(attribute->name));
      if (is_name(key) && seen.insert(key).second) keep(name, key, value_of(*attribute));
    }
    out() += ">";
  }

  void keep(const std::string& element, const std::string& key, std::string value) {
    static constexpr auto kNever = std::to_array<std::string_view>({"srcdoc", "formaction", "ping", "nonce", "integrity", "http-equiv", "manifest", "background", "autofocus", "contenteditable",
                                                                    "accesskey", "is", "xmlns", "crossorigin", "fetchpriority"});
    static constexpr auto kAddresses = std::to_array<std::string_view>({"href", "src", "action", "poster", "cite", "xlink:href", "longdesc"});
    if (key.starts_with("on") || is_one_of(key, kNever)) return;
    if (key == "style") return keep_inline(value);
    if (key == "method") value = "get";  // a form of the theme only searches
    if (key == "srcset" || key == "imagesrcset") value = addresses_.whole_set(value);
    if (is_one_of(key, kAddresses)) {
      value = addresses_.whole(value, element == "img");
      if (value.empty()) return;
    }
    out() += " " + key + "=\"" + escape_html(value) + "\"";
  }

  // A rule of the collected style in its place: the page may carry no style of its own.
  void keep_inline(const std::string& value) {
    if (value.find_first_of("{}<@\\") != std::string::npos || value.find("/*") != std::string::npos) return;
    std::string number = std::to_string(++inline_styles_);
    out() += " data-shell=\"" + number + "\"";
    shell_.style += "[data-shell=\"" + number + "\"]{" + addresses_.in_style(value) + "}\n";
  }

  void keep_style(const xmlNode& node) {
    std::string text;
    for (const xmlNode* part = node.children; part; part = part->next) text += view(part->content);
    std::string media = attribute_of(node, "media");
    if (trim(text).empty()) return;
    bool for_all = media.empty() || media == "all" || media.find_first_of("{};") != std::string::npos;
    shell_.style += for_all ? addresses_.in_style(text) + "\n" : "@media " + media + "{" + addresses_.in_style(text) + "}\n";
  }

  void keep_stylesheet(const xmlNode& node) {
    std::string kind = lower_ascii(attribute_of(node, "rel"));
    if ((" " + kind + " ").find(" stylesheet ") == std::string::npos || kind.find("alternate") != std::string::npos) return;
    std::string address = addresses_.whole(attribute_of(node, "href"), false), media = attribute_of(node, "media");
    if (address.empty() || address.front() == '#' || address.find_first_of(" \"<>") != std::string::npos || shell_.stylesheets.size() >= kMostStylesheets) return;
    bool is_plain = !media.empty() && media.find_first_of("\"<>&\n\t") == std::string::npos;
    shell_.stylesheets.push_back({is_plain ? media : "all", std::move(address)});
  }

  const Addresses& addresses_;
  const xmlNode* marker_;
  std::set<const xmlNode*> around_;
  PageShell shell_;
  bool is_below_ = false;
  int inline_styles_ = 0;
};

struct MarkerFinder {
  std::string_view id;
  const xmlNode* found = nullptr;  // the first
  bool enter(const xmlNode& node) {
    if (!found && node.type == XML_ELEMENT_NODE && attribute_of(node, "id") == id) found = &node;
    return !found && node.type == XML_ELEMENT_NODE;
  }
  void leave(const xmlNode&) {}
};

const xmlNode* find_marker(const xmlNode* root, std::string_view id) {
  MarkerFinder finder{id};
  html::walk(root, finder);
  return finder.found;
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(out.begin(), out.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return out;
}

}  // namespace

Result<PageShell> cut_shell(std::string_view page, std::string_view address, std::string_view marker_id) {
  html::Document document = html::parse(page);
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  const xmlNode* marker = root ? find_marker(root, marker_id) : nullptr;
  if (!marker) return Error{ErrorCode::kInvalid, {"theme.no_marker"}};
  Addresses addresses(address);
  PageShell shell = Cutter(addresses, marker).cut(root);
  shell.body_class = one_line(shell.body_class);
  if (shell.top.size() + shell.bottom.size() + shell.style.size() > kMostShellBytes) return Error{ErrorCode::kTooLarge, {"theme.too_large"}};
  for (const std::string* text : {&shell.top, &shell.bottom, &shell.style, &shell.body_class}) {
    if (!is_valid_utf8(*text)) return Error{ErrorCode::kInvalid, {"theme.not_utf8"}};
  }
  return shell;
}

}  // namespace shide
