#include "base/info_file.h"

#include <boost/property_tree/info_parser.hpp>
#include <sstream>

#include "base/text.h"

namespace shide {
namespace {

constexpr std::size_t kSizeLimit = 1 << 20;
constexpr int kDepthLimit = 32;

Error at_line(std::string_view name, int line, std::string_view what) {
  std::string where = std::string(name) + ":" + std::to_string(line);
  Error error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", where}, {"what", what}}}, where + ": " + std::string(what)};
  return error;
}

// The line of every key, in the order PropertyTree will meet them, found by the same lexical rules as INFO: words and
// quoted strings, `;` comments, braces, a key at the start of a statement and data after it on the same line.
struct Scan {
  std::vector<int> key_lines;
  int line = 1;
  int depth = 0;
  bool expects_key = true;
};

Result<Scan> scan_lines(std::string_view text, std::string_view name) {
  Scan scan;
  bool after_key = false;  // a word now is the key's data
  for (std::size_t i = 0; i < text.size();) {
    char c = text[i];
    if (c == '\n') {
      ++scan.line;
      after_key = false;
      ++i;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++i;
    } else if (c == ';') {
      while (i < text.size() && text[i] != '\n') ++i;
    } else if (c == '{') {
      if (++scan.depth > kDepthLimit) return at_line(name, scan.line, "nested too deep");
      after_key = false;
      ++i;
    } else if (c == '}') {
      if (--scan.depth < 0) return at_line(name, scan.line, "a closing brace too many");
      after_key = false;
      ++i;
    } else {
      int word_line = scan.line;
      if (c == '#' && !after_key) return at_line(name, scan.line, "#include is not allowed");
      if (c == '"') {
        for (++i; i < text.size() && text[i] != '"'; ++i) {
          if (text[i] == '\\') ++i;
          if (i < text.size() && text[i] == '\n') return at_line(name, word_line, "a quoted text does not end on its line");
        }
        if (i >= text.size()) return at_line(name, word_line, "a quoted text does not end");
        ++i;
      } else {
        while (i < text.size() && std::string_view(" \t\r\n{};\"").find(text[i]) == std::string_view::npos) ++i;
      }
      if (!after_key) scan.key_lines.push_back(word_line);
      after_key = !after_key;
    }
  }
  if (scan.depth != 0) return at_line(name, scan.line, "a closing brace is missing");
  return scan;
}

void convert(const boost::property_tree::ptree& tree, const std::vector<int>& lines, std::size_t& next, InfoEntry& into) {
  for (const auto& [key, child] : tree) {
    InfoEntry entry{key, child.data(), next < lines.size() ? lines[next] : 0, {}};
    ++next;
    convert(child, lines, next, entry);
    into.children.push_back(std::move(entry));
  }
}

// PropertyTree wants a statement to end at its line's end or brace; people (and our worked examples) write several on one
// line: `item { key "a" max "30" }`. Each pair is put on a line of its own before the parser sees it.
std::string one_pair_a_line(std::string_view text) {
  std::string out;
  bool after_key = false;
  for (std::size_t i = 0; i < text.size();) {
    char c = text[i];
    if (c == ';') {
      while (i < text.size() && text[i] != '\n') ++i;
    } else if (c == '{' || c == '}') {
      out += '\n';
      out += c;
      out += '\n';
      after_key = false;
      ++i;
    } else if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
      if (c == '\n') out += '\n', after_key = false;
      ++i;
    } else {
      std::size_t from = i;
      if (c == '"') {
        for (++i; i < text.size() && text[i] != '"'; ++i) {
          if (text[i] == '\\') ++i;
        }
        ++i;
      } else {
        while (i < text.size() && std::string_view(" \t\r\n{};\"").find(text[i]) == std::string_view::npos) ++i;
      }
      out += text.substr(from, i - from);
      out += after_key ? '\n' : ' ';
      after_key = !after_key;
    }
  }
  return out;
}

}  // namespace

const InfoEntry* InfoEntry::child(std::string_view name) const {
  for (const InfoEntry& entry : children) {
    if (entry.key == name) return &entry;
  }
  return nullptr;
}

std::vector<const InfoEntry*> InfoEntry::all(std::string_view name) const {
  std::vector<const InfoEntry*> found;
  for (const InfoEntry& entry : children) {
    if (entry.key == name) found.push_back(&entry);
  }
  return found;
}

std::string InfoEntry::text(std::string_view name, std::string_view otherwise) const {
  const InfoEntry* entry = child(name);
  return entry ? entry->value : std::string(otherwise);
}

Result<InfoEntry> parse_info(std::string_view text, std::string_view name) {
  if (text.size() > kSizeLimit) return at_line(name, 1, "larger than 1 MiB");
  if (!is_valid_utf8(text)) return at_line(name, 1, "not UTF-8");
  SHIDE_TRY(scan, scan_lines(text, name));
  try {
    std::istringstream stream(one_pair_a_line(text));
    boost::property_tree::ptree tree;
    boost::property_tree::read_info(stream, tree);
    InfoEntry root;
    std::size_t next = 0;
    convert(tree, scan.key_lines, next, root);
    return root;
  } catch (const boost::property_tree::info_parser_error& failure) {
    return at_line(name, static_cast<int>(failure.line()), failure.message());
  }
}

}  // namespace shide
