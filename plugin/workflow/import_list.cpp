#include "workflow/import_list.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/info_file.h"
#include "base/json.h"
#include "base/resource.h"
#include "base/text.h"

namespace shide::workflow {
namespace {

using nlohmann::json;
using ports::Table;
using Row = std::vector<std::string>;

constexpr std::size_t kHeadRows = 10;            // the head stands among the first rows
constexpr std::size_t kLongestCarried = 240'000;  // bytes that one field of a form takes
constexpr std::size_t kDigitsOfAnIdentityNumber = 15;

struct Field {
  std::string code;
  std::vector<std::string> heads;
  bool required = false;
};

struct Heads {
  std::map<std::string, std::vector<Field>> kinds;
  std::set<std::string> skip, subjects, arts_sports;
};

/// "* 姓 名（必填）：" and "姓名" are the same head.
std::string bare_head(std::string_view cell) {
  std::u32string text = to_code_points(to_half_width(cell)), bare;
  int depth = 0;
  for (char32_t c : text) {
    if (c == '(' || c == '[') ++depth;
    bool goes = depth > 0 || c == ' ' || c == '*' || c == ':';
    if (!goes) bare += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return lower_ascii(to_utf8(bare));
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::string_view word : split(text, ' ')) words.emplace_back(word);
  return words;
}

const Heads& heads() {
  static const Heads all = [] {
    Heads read;
    auto file = parse_info(resource("schema/forms/imports.info").value_or(""), "imports.info");
    if (!file) return read;
    for (const std::string& word : words_of(file->text("skip"))) read.skip.insert(word);
    for (const std::string& word : words_of(file->text("subjects"))) read.subjects.insert(word);
    for (const std::string& word : words_of(file->text("arts_sports"))) read.arts_sports.insert(word);
    for (const InfoEntry* kind : file->all("kind")) {
      for (const InfoEntry* field : kind->all("field")) read.kinds[kind->value].push_back({field->value, words_of(field->text("heads")), field->text("required") == "yes"});
    }
    return read;
  }();
  return all;
}

const std::vector<Field>& fields_of(ImportKind kind) {
  auto found = heads().kinds.find(std::string(model::code_of(kind)));
  static const std::vector<Field> none;
  return found == heads().kinds.end() ? none : found->second;
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

std::string place_of(const std::string& tab, std::size_t row, int column) {
  std::string place = (column < 0 ? "" : column_letters(static_cast<std::size_t>(column))) + std::to_string(row);
  return tab.empty() ? place : tab + "!" + place;
}

bool is_head_of(const Field& field, const std::string& cell) { return std::find(field.heads.begin(), field.heads.end(), bare_head(cell)) != field.heads.end(); }

/// The column of each field in a row of heads: the first that fits.
std::vector<int> columns_in(const std::vector<Field>& fields, const Row& row) {
  std::vector<int> columns(fields.size(), -1);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (std::size_t column = 0; column < row.size() && columns[i] < 0; ++column) {
      bool taken = std::find(columns.begin(), columns.end(), static_cast<int>(column)) != columns.end();
      if (!taken && is_head_of(fields[i], row[column])) columns[i] = static_cast<int>(column);
    }
  }
  return columns;
}

std::size_t count_known(const std::vector<int>& columns) {
  return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](int column) { return column >= 0; }));
}

const std::string& at(const Row& row, int column) {
  static const std::string none;
  return column >= 0 && static_cast<std::size_t>(column) < row.size() ? row[static_cast<std::size_t>(column)] : none;
}

bool is_number(char c) { return c >= '0' && c <= '9'; }

/// Digits enough for an identity or bank card, also as "3.2E+17" or behind the G of a national pupil's number.
bool has_identity_number(std::string_view cell) {
  if (cell.size() < 6) return false;
  std::string text = to_half_width(cell);
  std::size_t run = 0;
  for (char c : text) {
    run = is_number(c) ? run + 1 : 0;
    if (run >= kDigitsOfAnIdentityNumber) return true;
  }
  std::size_t power = text.find_first_of("Ee");
  bool is_shortened = power != std::string::npos && power > 0 && is_number(text[power - 1]) && text.size() == power + 4 && text[power + 1] == '+';
  return is_shortened && text.substr(power + 2) >= "14" && text.find_first_not_of("0123456789.Ee+") == std::string::npos;
}

Error refused(Phrase phrase) { return Error(ErrorCode::kInvalid, phrase).with("table", phrase); }

class Reader {
 public:
  Reader(ImportKind kind, const std::vector<Table>& tables) : fields_(fields_of(kind)), tables_(tables) {
    list_.kind = kind;
    for (const Field& field : fields_) list_.fields.push_back(field.code);
  }

  Result<ImportList> read() {
    for (const Table& table : tables_) SHIDE_CHECK(check_identity_numbers(table));
    for (const Table& table : tables_) read_table(table);
    if (list_.tabs.empty()) return refused({"import.no_head", {{"heads", wanted_heads()}}});
    if (list_.lines.empty()) return refused({"import.no_lines"});
    if (list_.lines.size() > kMostImportLines || carried_text(list_).size() > kLongestCarried) return refused({"import.too_many_lines", {{"limit", kMostImportLines}}});
    return std::move(list_);
  }

 private:
  Result<void> check_identity_numbers(const Table& table) const {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
        if (!has_identity_number(table.rows[row][column])) continue;
        return refused({"import.identity_number", {{"place", place_of(table.name, row + 1, static_cast<int>(column))}}});
      }
    }
    return {};
  }

  std::string wanted_heads() const {
    std::vector<std::string> wanted;
    for (const Field& field : fields_) {
      if (field.required) wanted.push_back(field.heads.front());
    }
    return join(wanted, " ");
  }

  /// Columns of teachers headed by a subject, in a list of lessons that has no column for the teacher.
  std::map<std::size_t, std::string> subject_columns(const Row& row, const std::vector<int>& columns) const {
    std::map<std::size_t, std::string> subjects;
    if (list_.kind != ImportKind::kLessons || columns[index("class")] < 0 || columns[index("teacher")] >= 0) return subjects;
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (heads().subjects.count(bare_head(row[column]))) subjects[column] = bare_head(row[column]);
    }
    return subjects;
  }

  std::size_t index(std::string_view code) const {
    return static_cast<std::size_t>(std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) { return field.code == code; }) - fields_.begin());
  }

  /// All that an entry cannot do without has a column. A tab that is called like a class needs no column for it.
  bool suffices(const std::vector<int>& columns, const std::map<std::size_t, std::string>& subjects) const {
    if (!subjects.empty()) return true;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      bool by_tab = list_.kind == ImportKind::kStudents && fields_[i].code == "class";
      if (fields_[i].required && columns[i] < 0 && !by_tab) return false;
    }
    return true;
  }

  void read_table(const Table& table) {
    std::size_t best = table.rows.size(), most = 0;
    for (std::size_t row = 0; row < table.rows.size() && row < kHeadRows; ++row) {
      std::vector<int> columns = columns_in(fields_, table.rows[row]);
      auto subjects = subject_columns(table.rows[row], columns);
      std::size_t known = count_known(columns) + subjects.size();
      if (known > most && suffices(columns, subjects)) best = row, most = known;
    }
    if (best == table.rows.size()) return list_.skipped.push_back(table.name);
    std::vector<int> columns = columns_in(fields_, table.rows[best]);
    auto subjects = subject_columns(table.rows[best], columns);
    list_.tabs.push_back({table.name, columns});
    for (std::size_t row = best + 1; row < table.rows.size(); ++row) {
      if (subjects.empty()) add_line(table.rows[row], row, columns);
      else add_lessons(table.rows[row], row, columns, subjects);
    }
    name_surplus(table, best, columns, subjects);
  }

  void add_line(const Row& row, std::size_t number, const std::vector<int>& columns) {
    ImportLine line{list_.tabs.size() - 1, number + 1, {}};
    bool empty = true, heads_again = true;
    std::string first;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      line.cells.push_back(to_half_width(at(row, columns[i])));
      const std::string& cell = line.cells.back();
      if (cell.empty()) continue;
      empty = false;
      heads_again = heads_again && is_head_of(fields_[i], cell);
    }
    for (const std::string& cell : row) {
      if (first.empty()) first = bare_head(cell);
    }
    if (!empty && !heads_again && !heads().skip.count(first)) list_.lines.push_back(std::move(line));
  }

  void add_lessons(const Row& row, std::size_t number, const std::vector<int>& columns, const std::map<std::size_t, std::string>& subjects) {
    std::string school_class = to_half_width(at(row, columns[index("class")]));
    if (school_class.empty() || heads().skip.count(bare_head(school_class))) return;
    for (const auto& [column, subject] : subjects) {
      std::string teacher = to_half_width(at(row, static_cast<int>(column)));
      if (teacher.empty() || heads().subjects.count(bare_head(teacher))) continue;
      ImportLine line{list_.tabs.size() - 1, number + 1, Row(fields_.size())};
      line.cells[index("class")] = school_class;
      line.cells[index("teacher")] = teacher;
      line.cells[index("subject")] = subject;
      list_.lines.push_back(std::move(line));
    }
  }

  void name_surplus(const Table& table, std::size_t head, const std::vector<int>& columns, const std::map<std::size_t, std::string>& subjects) {
    std::size_t width = 0;
    for (std::size_t row = head; row < table.rows.size(); ++row) width = std::max(width, table.rows[row].size());
    for (std::size_t column = 0; column < width; ++column) {
      bool known = std::find(columns.begin(), columns.end(), static_cast<int>(column)) != columns.end() || subjects.count(column);
      bool filled = std::any_of(table.rows.begin() + static_cast<std::ptrdiff_t>(head) + 1, table.rows.end(),
                                [&](const Row& row) { return !at(row, static_cast<int>(column)).empty(); });
      if (known || !filled) continue;
      std::string name = at(table.rows[head], static_cast<int>(column));
      if (name.empty()) name = column_letters(column);
      if (std::find(list_.surplus.begin(), list_.surplus.end(), name) == list_.surplus.end()) list_.surplus.push_back(name);
    }
  }

  const std::vector<Field>& fields_;
  const std::vector<Table>& tables_;
  ImportList list_;
};

Error not_carried() { return refused({"import.not_carried"}); }

bool is_texts(const json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), [](const json& one) { return one.is_string(); });
}

}  // namespace

const std::string& ImportList::cell(const ImportLine& line, std::string_view field) const {
  static const std::string none;
  auto found = std::find(fields.begin(), fields.end(), field);
  auto index = static_cast<std::size_t>(found - fields.begin());
  return index < line.cells.size() ? line.cells[index] : none;
}

std::string ImportList::place(const ImportLine& line, std::string_view field) const {
  auto index = static_cast<std::size_t>(std::find(fields.begin(), fields.end(), field) - fields.begin());
  const ImportTab& tab = tabs[line.tab];
  return place_of(tab.name, line.row, index < tab.columns.size() ? tab.columns[index] : -1);
}

bool is_arts_group(std::string_view name) { return heads().arts_sports.count(bare_head(name)) > 0; }

Result<ImportList> import_list(ImportKind kind, const std::vector<Table>& tables) { return Reader(kind, tables).read(); }

std::string carried_text(const ImportList& list) {
  json tabs = json::array(), lines = json::array();
  for (const ImportTab& tab : list.tabs) tabs.push_back({{"name", tab.name}, {"columns", tab.columns}});
  for (const ImportLine& line : list.lines) lines.push_back({line.tab, line.row, line.cells});
  return json{{"tabs", tabs}, {"lines", lines}, {"surplus", list.surplus}, {"skipped", list.skipped}}.dump();
}

Result<ImportList> carried_list(ImportKind kind, std::string_view text) {
  auto body = parse_json(text);
  if (!body || !body->is_object() || !body->contains("tabs") || !body->contains("lines")) return not_carried();
  ImportList list;
  list.kind = kind;
  for (const Field& field : fields_of(kind)) list.fields.push_back(field.code);
  for (const json& tab : body->at("tabs")) {
    if (!tab.is_object() || !tab.value("name", json()).is_string() || !tab.value("columns", json()).is_array()) return not_carried();
    ImportTab read{tab.at("name").get<std::string>(), {}};
    for (const json& column : tab.at("columns")) {
      if (!column.is_number_integer() || column < -1 || column >= ports::kMaximumTableColumns) return not_carried();
      read.columns.push_back(column.get<int>());
    }
    if (read.columns.size() != list.fields.size()) return not_carried();
    list.tabs.push_back(std::move(read));
  }
  for (const json& line : body->at("lines")) {
    bool fine = line.is_array() && line.size() == 3 && line[0].is_number_unsigned() && line[1].is_number_unsigned() && is_texts(line[2]) &&
                line[0] < list.tabs.size() && line[1] <= ports::kMaximumTableRows && line[2].size() == list.fields.size();
    if (!fine) return not_carried();
    for (const json& cell : line[2]) {
      if (has_identity_number(cell.get<std::string>())) return not_carried();
    }
    list.lines.push_back({line[0].get<std::size_t>(), line[1].get<std::size_t>(), line[2].get<std::vector<std::string>>()});
  }
  if (list.lines.empty() || list.lines.size() > kMostImportLines) return not_carried();
  for (auto [key, into] : {std::pair{"surplus", &list.surplus}, std::pair{"skipped", &list.skipped}}) {
    json names = body->value(key, json::array());
    if (!is_texts(names)) return not_carried();
    *into = names.get<std::vector<std::string>>();
  }
  return list;
}

}  // namespace shide::workflow
