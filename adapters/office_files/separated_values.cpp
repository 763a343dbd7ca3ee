#include "office_files/separated_values.h"

#include <algorithm>

#include "base/text.h"
#include "base/text_file.h"
#include "office_files/table_cells.h"

namespace shide::office_files {
namespace {

constexpr std::string_view kSeparators = ",\t;";

/// Two Chinese characters of three bytes are hardly ever met by chance in another encoding.
bool is_chinese_utf8(std::string_view line) {
  if (!is_valid_utf8(line)) return false;
  std::u32string letters = to_code_points(line);
  return std::count_if(letters.begin(), letters.end(), [](char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }) >= 2;
}

/// The first line that is not in the encoding of the first one; 0 when all agree. Both kinds must be there to be told apart.
std::size_t first_other_line(std::string_view bytes) {
  std::size_t number = 0, utf8 = 0, other = 0;
  for (std::string_view line : split(bytes, '\n')) {
    ++number;
    if (utf8 == 0 && is_chinese_utf8(line)) utf8 = number;
    else if (other == 0 && !is_valid_utf8(line)) other = number;
    if (utf8 && other) return number;
  }
  return 0;
}

/// Whichever stands in the first line that has one outside quotes.
char separator_of(std::string_view text) {
  std::size_t counts[kSeparators.size()] = {};
  bool quoted = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (auto which = kSeparators.find(c); which != std::string_view::npos) ++counts[which];
    bool any = counts[0] + counts[1] + counts[2] > 0;
    if (c == '\n' && any) break;
  }
  return kSeparators[static_cast<std::size_t>(std::max_element(std::begin(counts), std::end(counts)) - std::begin(counts))];
}

class Reader {
 public:
  Reader(std::string_view text, Cells& cells) : text_(text), cells_(cells), separator_(separator_of(text)) {}

  /// False for a quote without its end: row() says where it began.
  bool read() {
    while (at_ < text_.size() && !cells_.refusal()) {
      if (!read_cell()) return false;
      if (at_ < text_.size() && text_[at_] == separator_) {
        ++column_;
      } else {
        if (at_ + 1 < text_.size() && text_[at_] == '\r' && text_[at_ + 1] == '\n') ++at_;
        ++row_, column_ = 0;
      }
      ++at_;
    }
    return true;
  }
  std::size_t row() const { return row_ + 1; }

 private:
  bool ends_cell(char c) const { return c == separator_ || c == '\n' || c == '\r'; }

  bool read_cell() {
    std::string value;
    if (text_[at_] == '"') {
      if (!read_quoted(value)) return false;
    }
    while (at_ < text_.size() && !ends_cell(text_[at_])) value += text_[at_++];
    cells_.put(row_, column_, value);
    return true;
  }

  bool read_quoted(std::string& value) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') value += text_[at_];
      else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') value += text_[at_++];
      else return ++at_, true;
    }
    return false;
  }

  std::string_view text_;
  Cells& cells_;
  char separator_;
  std::size_t at_ = 0, row_ = 0, column_ = 0;
};

}  // namespace

Result<std::vector<ports::Table>> read_separated_values(std::string_view bytes) {
  if (std::size_t line = is_valid_utf8(bytes) ? 0 : first_other_line(bytes)) return table_refusal(ErrorCode::kInvalid, {"table.mixed", {{"line", line}}});
  auto text = text_of_file(bytes);
  if (!text) return table_refusal(ErrorCode::kUnsupportedMedia, {"table.not_table"});
  Cells cells;
  cells.begin_table("");
  Reader reader(*text, cells);
  bool closed = reader.read();
  if (cells.refusal()) return *cells.refusal();
  if (!closed) return table_refusal(ErrorCode::kInvalid, {"table.open_quote", {{"row", reader.row()}}});
  std::vector<ports::Table> tables = std::move(cells).take();
  if (tables.empty()) return table_refusal(ErrorCode::kInvalid, {"table.empty"});
  return tables;
}

}  // namespace shide::office_files
