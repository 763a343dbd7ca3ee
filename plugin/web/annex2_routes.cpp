#include "web/annex2_routes.h"

#include <algorithm>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "ports/tables.h"
#include "web/call.h"
#include "web/problem.h"
#include "workflow/annex2.h"
#include "workflow/roster.h"

namespace shide::web {
namespace {

using model::Role;
using model::Roster;
using nlohmann::json;
using workflow::RosterRow;
using workflow::RosterSheet;

constexpr const char* kSpreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The layout of schema/forms/annex2.info.
const InfoEntry& layout() {
  static const InfoEntry file = [] {
    auto read = parse_info(resource("schema/forms/annex2.info").value_or(""), "annex2.info");
    return read ? *read : InfoEntry{};
  }();
  return file;
}

std::string gender_of(const Call& call, const RosterRow& row) {
  bool known = row.student && (row.student->gender == "1" || row.student->gender == "2");
  return known ? call.say({"gender." + row.student->gender}) : "";
}

std::string teachers_of(const RosterSheet& sheet, const RosterRow& row) {
  std::vector<std::string> names;
  for (const auto& one : row.team) {
    auto teacher = sheet.by_id.find(one.teacher_id.value);
    if (teacher != sheet.by_id.end()) names.push_back(teacher->second.name);
  }
  return join(names, " ");
}

std::string cell_of(const Call& call, const RosterSheet& sheet, const RosterRow& row, std::string_view kind) {
  if (kind == "class") return row.school_class.name;
  if (kind == "name") return row.student ? row.student->name : "";
  if (kind == "gender") return gender_of(call, row);
  if (kind == "phone") return row.guardian ? row.guardian->phone : "";
  if (kind == "teachers") return teachers_of(sheet, row);
  return "";
}

double width_of(std::string_view kind) { return kind == "teachers" ? 30 : kind == "phone" ? 18 : kind == "gender" ? 8 : 14; }

std::string titled(const Call& call, std::string text, const RosterSheet& sheet) {
  const model::School& school = call.school();
  text = replace_all(std::move(text), "{short_name}", school.short_name.empty() ? school.name : school.short_name);
  return replace_all(std::move(text), "{grade_group}", sheet.grade_group.name);
}

/// The annex as it is printed: its head, its lines, empty ones up to the number of the form.
ports::PrintedTable annex_of(const Call& call, const RosterSheet& sheet, std::string_view reason) {
  bool english = call.language() == Language::kEnglish;
  ports::PrintedTable table;
  const InfoEntry* form = layout().child("form");
  if (!form) return table;
  table.corner = form->text("annex");
  table.title = titled(call, form->text(english ? "title_en" : "title"), sheet);
  std::vector<std::string> kinds;
  for (const InfoEntry* column : layout().all("column")) {
    kinds.push_back(column->text("kind"));
    table.columns.push_back(column->text(english ? "en" : "zh"));
    table.widths.push_back(width_of(kinds.back()));
  }
  for (const RosterRow& row : sheet.rows) {
    table.rows.emplace_back();
    for (const std::string& kind : kinds) table.rows.back().push_back(cell_of(call, sheet, row, kind));
  }
  std::size_t lines = static_cast<std::size_t>(plain_number(form->text("lines")));
  if (table.rows.size() < lines) table.rows.resize(lines, std::vector<std::string>(kinds.size()));
  table.foot = call.say({"annex2.foot", {{"name", call.actor().name}, {"time", to_text_minutes(call.now())}, {"reason", reason}}});
  return table;
}

Response ask_page(Call& call, const RosterSheet& sheet, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  bool office = call.actor().has(Role::kStudentOffice);
  json view = {{"title", call.say({"annex2.title", {{"group", sheet.grade_group.name}}})}, {"errors", fields.summary()}, {"roster_id", sheet.roster.id.value},
               {"what", call.say({office ? "annex2.what_office" : "annex2.what_leader"})}};
  view["reason_field"] = fields.text("reason", "annex2.reason", {.limit = 100});
  return call.page("annex2_ask", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> show_ask(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(sheet, workflow::roster_sheet(ports, call.actor(), id));
  return ask_page(call, sheet, {});
}

Response print_page(Call& call, const ports::PrintedTable& table) {
  json view = {{"title", table.title}, {"corner", table.corner}, {"foot", table.foot}, {"columns", json::array()}, {"rows", json::array()}};
  for (const std::string& column : table.columns) view["columns"].push_back({{"word", column}});
  for (const auto& row : table.rows) {
    json cells = json::array();
    for (const std::string& cell : row) cells.push_back({{"word", cell}});
    view["rows"].push_back({{"cells", std::move(cells)}});
  }
  return call.page("annex2", std::move(view));
}

Result<Response> take_out(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  std::string reason(call.form().text("reason"));
  auto sheet = workflow::take_out_roster(ports, call.actor(), id, reason);
  if (auto* error = sheet.if_error()) {
    if (!is_mendable(*error)) return std::move(*error);
    SHIDE_TRY(shown, workflow::roster_sheet(ports, call.actor(), id));
    return ask_page(call, shown, error->problems);
  }
  ports::PrintedTable table = annex_of(call, *sheet, clean_line(reason).value_or(""));
  std::string_view act = call.form().text("act");
  if (act != "xlsx" && act != "pdf") return print_page(call, table);
  ports::Tables* tables = ports::tables_of(ports.documents.get());
  if (!tables) return internal_error("annex 2: no tables");
  if (act == "pdf") {
    SHIDE_TRY(bytes, tables->table_pdf(table));
    return call.download(std::move(bytes), "application/pdf", table.title + ".pdf");
  }
  SHIDE_TRY(bytes, tables->printed_table(table));
  return call.download(std::move(bytes), kSpreadsheet, table.title + ".xlsx");
}

}  // namespace

std::vector<Route> annex2_routes(ports::Ports& ports) {
  const Permission both = roles({Role::kGradeLeader, Role::kStudentOffice});
  return {
      {Method::kGet, "/rosters/{id}/annex2", both, [&ports](Call& call) { return show_ask(ports, call); }},
      {Method::kPost, "/rosters/{id}/annex2", both, [&ports](Call& call) { return take_out(ports, call); }},
  };
}

}  // namespace shide::web
