#include "web/import_routes.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "ports/tables.h"
#include "web/call.h"
#include "web/parts.h"
#include "web/problem.h"
#include "workflow/import.h"

namespace shide::web {
namespace {

using model::Role;
using nlohmann::json;
using workflow::Fate;
using workflow::ImportKind;
using workflow::ImportLine;
using workflow::ImportList;
using workflow::ImportNote;
using workflow::ImportPlan;

constexpr std::size_t kImportBody = 12 * 1024 * 1024;
constexpr std::size_t kMegabyte = 1u << 20;
constexpr std::size_t kRowsShown = 200;  // of one kind on the page
constexpr int kLongestPasted = 200'000;
constexpr const char* kSpreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// One of the two places that import.
struct Desk {
  const char* base;                // "/people"
  std::vector<ImportKind> kinds;
  const char* lead;
  const char* heads;
};

const Desk& people_desk() {
  static const Desk desk{"/people", {ImportKind::kStaff}, "import.staff_lead", "import.staff_heads"};
  return desk;
}
const Desk& classes_desk() {
  static const Desk desk{"/classes", {ImportKind::kClasses, ImportKind::kStudents, ImportKind::kLessons, ImportKind::kClubs, ImportKind::kGuardians}, "import.classes_lead", "import.classes_heads"};
  return desk;
}

std::string code(ImportKind kind) { return std::string(model::code_of(kind)); }

// ── the form ──

Response form_page(Call& call, const Desk& desk, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"import.title"})}, {"lead", call.say({desk.lead})}, {"heads", call.say({desk.heads})}, {"errors", fields.summary()},
               {"action", call.link(std::string(desk.base) + "/import")}, {"back", call.link(desk.base)}, {"kind_field", nullptr}};
  if (desk.kinds.size() > 1) {
    std::vector<Option> kinds;
    for (ImportKind kind : desk.kinds) kinds.push_back({code(kind), {"import_kind." + code(kind)}});
    std::string chosen(call.query("kind"));
    view["kind_field"] = fields.choices("kind", "import.kind", kinds, chosen.empty() ? code(desk.kinds.front()) : chosen);
  }
  view["file_field"] = fields.file("table", "import.file", ".xlsx,.csv,.txt", {.optional = true});
  view["pasted_field"] = fields.area("pasted", "import.pasted", {.optional = true, .limit = kLongestPasted, .rows = 6});
  return call.page("import", std::move(view), problems.empty() ? 200 : 422);
}

ImportKind kind_in(const Call& call, const Desk& desk) {
  auto typed = model::from_code<ImportKind>(call.form().text("kind"));
  bool offered = typed && std::find(desk.kinds.begin(), desk.kinds.end(), *typed) != desk.kinds.end();
  return offered ? *typed : desk.kinds.front();
}

Result<ImportList> sent_list(ports::Ports& ports, const Call& call, const Desk& desk) {
  const Upload* file = call.form().file("table");
  std::string pasted(call.form().text("pasted"));
  bool has_pasted = !trim(pasted).empty();
  auto refuse = [](Phrase phrase) { return Error(ErrorCode::kInvalid, phrase).with("table", phrase); };
  if (!file && !has_pasted) return refuse({"import.nothing_sent"});
  if (file && has_pasted) return refuse({"import.one_only"});
  if (file && file->too_large()) {
    return refuse({"table.too_large", {{"size", (file->size + kMegabyte - 1) / kMegabyte}, {"limit", ports::kMaximumDocumentBytes / kMegabyte}}});
  }
  ports::Tables* reader = ports::tables_of(ports.documents.get());
  if (!reader) return internal_error("import: no tables");
  SHIDE_TRY(tables, reader->read_tables(file ? std::string_view(file->bytes) : std::string_view(pasted)));
  return workflow::import_list(kind_in(call, desk), tables);
}

/// What is wrong with a table stands beside the field it came by.
std::vector<Problem> table_problems(const Call& call, const Error& error) {
  std::vector<Problem> problems = problems_of(outward(error), "table");
  bool by_file = call.form().file("table") || trim(call.form().text("pasted")).empty();
  for (Problem& one : problems) one.path = by_file ? "table" : "pasted";
  return problems;
}

// ── the report ──

/// The entry in one line: its cells as they stand.
std::string words_of(const ImportLine& line) {
  std::vector<std::string> cells;
  std::copy_if(line.cells.begin(), line.cells.end(), std::back_inserter(cells), [](const std::string& cell) { return !cell.empty(); });
  return join(cells, " ");
}

json note_view(const Call& call, const ImportList& list, const ImportLine& line, const ImportNote& note) {
  return {{"place", list.place(line, note.field)}, {"entry", words_of(line)}, {"reason", call.say(note.reason)}, {"advice", call.say(note.advice)}};
}

std::string changes_of(const Call& call, const workflow::PlannedLine& planned) {
  std::vector<std::string> said;
  for (const Phrase& one : planned.changes) said.push_back(call.say(one));
  return join(said, " · ");
}

/// The rows up to what a page shows, and how many more there are.
json table_view(const Call& call, json rows) {
  if (rows.empty()) return nullptr;
  std::size_t count = rows.size();
  json shown = json::array();
  for (std::size_t i = 0; i < std::min(count, kRowsShown); ++i) shown.push_back(std::move(rows[i]));
  return {{"count", count}, {"rows", std::move(shown)}, {"more", count > kRowsShown ? json(call.say({"import.more", {{"count", count - kRowsShown}}})) : json()}};
}

json asides_of(const Call& call, const ImportList& list, const ImportPlan& plan) {
  json said = json::array();
  auto say = [&](const Phrase& phrase) { said.push_back({{"words", call.say(phrase)}}); };
  if (!list.surplus.empty()) say({"import.surplus", {{"names", join(list.surplus, " ")}}});
  if (!list.skipped.empty()) say({"import.skipped", {{"names", join(list.skipped, " ")}}});
  for (const Phrase& one : plan.aside) say(one);
  return said;
}

Response report_page(Call& call, const Desk& desk, const ImportList& list, const ImportPlan& plan, const Error* refused) {
  json problems = json::array(), remarks = json::array(), changes = json::array(), additions = json::array();
  for (std::size_t i = 0; i < plan.lines.size(); ++i) {
    const ImportLine& line = list.lines[i];
    const workflow::PlannedLine& planned = plan.lines[i];
    for (const ImportNote& note : planned.notes) (note.blocks ? problems : remarks).push_back(note_view(call, list, line, note));
    json row = {{"place", list.place(line, list.fields.front())}, {"entry", words_of(line)}, {"what", changes_of(call, planned)}};
    if (planned.fate == Fate::kChange) changes.push_back(std::move(row));
    else if (planned.fate == Fate::kAdd) additions.push_back(std::move(row));
  }
  std::size_t ready = plan.added + plan.changed;
  std::string base = call.link(std::string(desk.base) + "/import");
  json view = {{"title", call.say({"import.report", {{"kind", Phrase{"import_kind." + code(list.kind)}}}})}, {"kind", code(list.kind)}, {"digest", plan.digest},
               {"carried", workflow::carried_text(list)}, {"lines", call.say({"import.of_lines", {{"count", list.lines.size()}}})}, {"refused", refused ? json(call.say(refused->phrase)) : json()},
               {"added", plan.added}, {"changed", plan.changed}, {"standing", plan.standing}, {"wrong", plan.wrong}, {"has_wrong", plan.wrong > 0},
               {"asides", asides_of(call, list, plan)}, {"base", base}, {"again", base + (desk.kinds.size() > 1 ? "?kind=" + code(list.kind) : "")}};
  view["has_asides"] = !view["asides"].empty();
  view["problems"] = table_view(call, std::move(problems));
  view["remarks"] = table_view(call, std::move(remarks));
  view["changes"] = table_view(call, std::move(changes));
  view["additions"] = table_view(call, std::move(additions));
  view["whole"] = ready > 0 && plan.wrong == 0 ? json(call.say({"import.confirm", {{"count", ready}}})) : json();
  view["part"] = ready > 0 && plan.wrong > 0 ? json(call.say({"import.without_problems", {{"count", ready}, {"wrong", plan.wrong}}})) : json();
  view["nothing"] = ready > 0 ? json() : json(call.say({plan.wrong > 0 ? "import.nothing_possible" : "import.nothing_to_do"}));
  return call.page("import_report", std::move(view), !refused ? 200 : refused->code == ErrorCode::kStale ? 412 : 422);
}

bool is_about_table(const Error& error) {
  return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kUnsupportedMedia || error.code == ErrorCode::kTooLarge;
}

Result<Response> dry_run(ports::Ports& ports, Call& call, const Desk& desk) {
  auto list = sent_list(ports, call, desk);
  if (auto* error = list.if_error()) return is_about_table(*error) ? Result<Response>(form_page(call, desk, table_problems(call, *error))) : Result<Response>(std::move(*error));
  SHIDE_TRY(plan, workflow::plan_import(ports, call.actor(), *list));
  return report_page(call, desk, *list, plan, nullptr);
}

// ── what follows it ──

Response done_page(Call& call, const Desk& desk, const ImportList& list, const ImportPlan& plan) {
  bool staff = list.kind == ImportKind::kStaff;
  json view = {{"title", call.say({"import.done"})},
               {"what", call.say({"import.done_what", {{"added", plan.added}, {"changed", plan.changed}, {"standing", plan.standing}, {"wrong", plan.wrong}}})},
               {"again", call.link(std::string(desk.base) + "/import")}, {"back", call.link(desk.base)},
               {"back_word", call.say({staff ? "import.next_people" : "import.next_classes"})}};
  return call.page("import_done", std::move(view));
}

/// The list that the dry run's page carried; what did not come back whole begins again at the form.
Result<ImportList> carried_list(const Call& call, const Desk& desk) { return workflow::carried_list(kind_in(call, desk), call.form().text("carried")); }

Result<Response> confirm(ports::Ports& ports, Call& call, const Desk& desk) {
  auto list = carried_list(call, desk);
  if (auto* error = list.if_error()) return form_page(call, desk, problems_of(*error, "table"));
  auto done = workflow::confirm_import(ports, call.actor(), *list, call.form().text("digest"), call.form().text("without_problems") == "yes");
  if (done) return done_page(call, desk, *list, *done);
  if (!is_mendable(done.error())) return done.error();
  SHIDE_TRY(plan, workflow::plan_import(ports, call.actor(), *list));
  return report_page(call, desk, *list, plan, &done.error());
}

ports::Sheet annotated_sheet(const Call& call, const ImportList& list, const ImportPlan& plan) {
  ports::Sheet sheet{call.say({"import_kind." + code(list.kind)}), {call.say({"import.place"})}, {}};
  for (const std::string& field : list.fields) sheet.headings.push_back(call.say({"import_field." + field}));
  sheet.headings.push_back(call.say({"import.result"}));
  sheet.headings.push_back(call.say({"import.reason"}));
  for (std::size_t i = 0; i < list.lines.size(); ++i) {
    const ImportLine& line = list.lines[i];
    const workflow::PlannedLine& planned = plan.lines[i];
    std::vector<std::string> row = {list.place(line, list.fields.front())}, notes;
    row.insert(row.end(), line.cells.begin(), line.cells.end());
    row.push_back(call.say({"import_fate." + std::string(model::code_of(planned.fate))}));
    if (!planned.changes.empty()) notes.push_back(changes_of(call, planned));
    for (const ImportNote& note : planned.notes) notes.push_back(list.place(line, note.field) + " " + call.say(note.reason) + " " + call.say(note.advice));
    row.push_back(join(notes, " "));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

Result<Response> annotated(ports::Ports& ports, Call& call, const Desk& desk) {
  auto list = carried_list(call, desk);
  if (auto* error = list.if_error()) return form_page(call, desk, problems_of(*error, "table"));
  SHIDE_TRY(plan, workflow::plan_import(ports, call.actor(), *list));
  SHIDE_TRY(bytes, ports.documents->spreadsheet(annotated_sheet(call, *list, plan)));
  return call.download(std::move(bytes), kSpreadsheet, call.say({"import_kind." + code(list->kind)}) + ".xlsx");
}

std::vector<Route> routes_of(ports::Ports& ports, const Desk& desk, const Permission& permission) {
  auto bound = [&](Result<Response> (*handler)(ports::Ports&, Call&, const Desk&)) { return [&ports, &desk, handler](Call& call) { return handler(ports, call, desk); }; };
  std::string base = desk.base;
  return {
      {Method::kGet, base + "/import", permission, [&desk](Call& call) -> Result<Response> { return form_page(call, desk, {}); }},
      {.method = Method::kPost, .pattern = base + "/import", .permission = permission, .handler = bound(dry_run), .body_limit = kImportBody},
      {.method = Method::kPost, .pattern = base + "/import/confirm", .permission = permission, .handler = bound(confirm), .body_limit = kImportBody},
      {.method = Method::kPost, .pattern = base + "/import/annotated", .permission = permission, .handler = bound(annotated), .body_limit = kImportBody},
  };
}

}  // namespace

std::vector<Route> import_routes(ports::Ports& ports) {
  std::vector<Route> all = routes_of(ports, people_desk(), roles({Role::kItAdmin}));
  for (Route& route : routes_of(ports, classes_desk(), roles({Role::kStudentOffice}))) all.push_back(std::move(route));
  return all;
}

}  // namespace shide::web
