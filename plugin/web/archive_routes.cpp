#include "web/archive_routes.h"

#include <algorithm>
#include <tuple>

#include "archive/entries.h"
#include "base/text.h"
#include "base/web_address.h"
#include "web/call.h"
#include "web/day.h"
#include "workflow/archive.h"

namespace shide::web {
namespace {

using model::ArchiveEntry;
using model::ArchiveKind;
using model::Role;
using nlohmann::json;

constexpr std::string_view kSpreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

json entry_view(const Call& call, const ArchiveEntry& entry) {
  return {{"sequence", entry.sequence}, {"month", month_words(entry.event_month, call.language())}, {"kind", call.say({"archive_kind." + entry.kind})},
          {"entry_title", call.say(parse_phrase(entry.title))}, {"text", call.say(parse_phrase(entry.text))}};
}

/// Computed from the entries that are shown, never only claimed.
json chain_line(const Call& call, const std::vector<ArchiveEntry>& entries) {
  std::vector<std::int64_t> breaks = archive::chain_breaks(entries);
  if (breaks.empty()) return {{"whole", true}, {"words", call.say({"archive_page.chain_whole", {{"count", entries.size()}, {"clock", clock_text(call.now())}}})}};
  std::vector<std::string> places;
  for (std::int64_t place : breaks) places.push_back(std::to_string(place));
  return {{"whole", false}, {"words", call.say({"archive_page.chain_broken", {{"places", join(places, ", ")}}})}};
}

/// One person's file with one of its two archives open, as ?archive= says.
struct File {
  std::string name, meta, address, export_address;
  std::vector<ArchiveEntry> entries;
};

json file_view(const Call& call, const File& file) {
  ArchiveKind open = model::from_code<ArchiveKind>(call.query("archive")).value_or(ArchiveKind::kEthics);
  json tabs = json::array(), shown = json::array();
  std::vector<ArchiveEntry> of_kind;
  for (ArchiveKind kind : {ArchiveKind::kEthics, ArchiveKind::kProfessional}) {
    std::string code(model::code_of(kind));
    auto count = std::count_if(file.entries.begin(), file.entries.end(), [&](const ArchiveEntry& entry) { return entry.archive == kind; });
    tabs.push_back({{"word", call.say({"archive_page." + code})}, {"count", count}, {"address", file.address + "?archive=" + code}, {"is_open", kind == open}});
  }
  std::copy_if(file.entries.begin(), file.entries.end(), std::back_inserter(of_kind), [&](const ArchiveEntry& entry) { return entry.archive == open; });
  std::stable_sort(of_kind.begin(), of_kind.end(), [](const ArchiveEntry& a, const ArchiveEntry& b) { return a.sequence < b.sequence; });
  json chain = of_kind.empty() ? json() : chain_line(call, of_kind);
  // People look for the last visit first; the chain counts in the order of filing.
  std::stable_sort(of_kind.begin(), of_kind.end(), [](const ArchiveEntry& a, const ArchiveEntry& b) { return std::tie(a.event_month, a.sequence) > std::tie(b.event_month, b.sequence); });
  for (const ArchiveEntry& entry : of_kind) shown.push_back(entry_view(call, entry));
  return {{"person", file.name}, {"is_page", file.export_address.empty()}, {"meta", file.meta}, {"export_address", file.export_address}, {"tabs", tabs}, {"none", shown.empty()}, {"entries", shown},
          {"chain", std::move(chain)}};
}

json owner_rows(const Call& call, const std::vector<workflow::ArchiveOwner>& owners, std::string_view current) {
  std::string wanted(call.query("q"));
  json rows = json::array();
  for (const auto& owner : owners) {
    const std::string& number = owner.teacher.staff_number;
    if (!wanted.empty() && owner.teacher.name.find(wanted) == std::string::npos && number != wanted) continue;
    rows.push_back({{"name", owner.teacher.name}, {"number", number}, {"ethics", owner.ethics}, {"professional", owner.professional}, {"is_open", number == current},
                    {"address", call.link("/archives/" + number) + (wanted.empty() ? "" : "?q=" + encode_component(wanted))}});
  }
  return rows;
}

json list_view(const Call& call, const std::vector<workflow::ArchiveOwner>& owners, std::string_view current) {
  json rows = owner_rows(call, owners, current);
  return {{"title", call.say({"archive_page.title"})}, {"q", call.query("q")}, {"count", call.say({"archive_page.found", {{"count", rows.size()}}})}, {"rows", rows},
          {"all_address", call.link("/archives.xlsx")}, {"file", nullptr}};
}

Result<Response> show_owners(ports::Ports& ports, Call& call) {
  SHIDE_TRY(owners, workflow::archive_owners(ports, call.actor()));
  return call.page("archives", list_view(call, owners, ""));
}

Result<Response> show_file(ports::Ports& ports, Call& call) {
  SHIDE_TRY(owners, workflow::archive_owners(ports, call.actor()));
  for (const auto& owner : owners) {
    const std::string& number = owner.teacher.staff_number;
    if (number != call.parameter("staff_number")) continue;
    SHIDE_TRY(page, workflow::archive_entries(ports, call.actor(), {"", number, "", "", "", 500}));
    json view = list_view(call, owners, number);
    view["title"] = owner.teacher.name;
    view["file"] = file_view(call, {owner.teacher.name, call.say({"archive_page.number_is", {{"number", number}}}), call.link("/archives/" + number),
                                    call.link("/archives.xlsx?staff=" + number), page.entries});
    return call.page("archives", std::move(view));
  }
  return not_found();
}

Result<Response> show_own(ports::Ports& ports, Call& call) {
  // Within the own Reach these are exactly the teacher's own entries.
  SHIDE_TRY(page, workflow::archive_entries(ports, call.actor(), {"", "", "", "", "", 500}));
  std::vector<ArchiveEntry> own;
  for (const ArchiveEntry& entry : page.entries) {
    if (entry.teacher_id == call.actor().teacher) own.push_back(entry);
  }
  json file = file_view(call, {call.actor().name, own.empty() ? "" : call.say({"archive_page.number_is", {{"number", own.front().staff_number}}}), call.link("/my/archive"), "", own});
  return call.page("archive_file", {{"title", call.say({"archive_page.mine"})}, {"file", file}});
}

// RFC 4180, and nothing that a spreadsheet would run, in full width either.
std::string csv_field(std::string value) {
  if (!value.empty() && std::string_view("=+-@\t\r\n").find(to_half_width(first_characters(value, 1)).front()) != std::string_view::npos) value = "'" + value;
  return "\"" + replace_all(std::move(value), "\"", "\"\"") + "\"";
}

std::string csv_of(const Call& call, const std::vector<ArchiveEntry>& entries) {
  std::string out = "\xEF\xBB\xBF" "archive,staff_number,staff_name,school_year,month,mode,title,text,sequence,filed_at\r\n";
  for (const ArchiveEntry& entry : entries) {
    std::vector<std::string> fields = {std::string(model::code_of(entry.archive)), entry.staff_number, entry.staff_name, entry.school_year, entry.event_month, entry.mode,
                                       call.say(parse_phrase(entry.title)), call.say(parse_phrase(entry.text)), std::to_string(entry.sequence), to_text(entry.filed_at)};
    for (std::string& field : fields) field = csv_field(std::move(field));
    out += join(fields, ",") + "\r\n";
  }
  return out;
}

workflow::ArchiveFilter filter_of(const Call& call) {
  auto text = [&](const char* name) { return std::string(call.query(name)); };
  return {text("archive"), text("staff"), text("school_year"), text("calendar_year"), text("after"), call.limit(500)};
}

Result<std::vector<ArchiveEntry>> all_entries(ports::Ports& ports, const Call& call) {
  workflow::ArchiveFilter filter = filter_of(call);
  filter.taken = true;
  std::vector<ArchiveEntry> all;
  do {
    SHIDE_TRY(page, workflow::archive_entries(ports, call.actor(), filter));
    all.insert(all.end(), page.entries.begin(), page.entries.end());
    filter.after = page.next;
  } while (!filter.after.empty() && all.size() < 100'000);
  return all;
}

Result<Response> download_csv(ports::Ports& ports, Call& call) {
  SHIDE_TRY(entries, all_entries(ports, call));
  return call.download(csv_of(call, entries), "text/csv; charset=utf-8", call.say({"archive_page.title"}) + ".csv");
}

/// For people, so in their words; the CSV has the names of the API.
ports::Sheet sheet_of(const Call& call, const std::vector<ArchiveEntry>& entries) {
  ports::Sheet sheet{call.say({"archive_page.title"}), {}, {}};
  for (const char* heading : {"archive", "number", "staff", "year", "month", "entry", "detail"}) sheet.headings.push_back(call.say({std::string("archive_page.") + heading}));
  for (const ArchiveEntry& entry : entries) {
    sheet.rows.push_back({call.say({"archive_page." + std::string(model::code_of(entry.archive))}), entry.staff_number, entry.staff_name, entry.school_year, entry.event_month,
                          call.say(parse_phrase(entry.title)), call.say(parse_phrase(entry.text))});
  }
  return sheet;
}

Result<Response> download_spreadsheet(ports::Ports& ports, Call& call) {
  SHIDE_TRY(entries, all_entries(ports, call));
  SHIDE_TRY(bytes, ports.documents->spreadsheet(sheet_of(call, entries)));
  return call.download(std::move(bytes), kSpreadsheet, call.say({"archive_page.title"}) + ".xlsx");
}

json entry_json(const Call& call, const ArchiveEntry& entry) {
  return {{"id", entry.id.value}, {"archive", model::code_of(entry.archive)}, {"staff_number", entry.staff_number}, {"staff_name", entry.staff_name},
          {"school_year", entry.school_year}, {"calendar_year", entry.calendar_year}, {"kind", entry.kind}, {"month", entry.event_month}, {"mode", entry.mode},
          {"title", call.say(parse_phrase(entry.title))}, {"text", call.say(parse_phrase(entry.text))}, {"sequence", entry.sequence},
          {"filed_at", to_text(entry.filed_at)}, {"hash", entry.hash}};
}

Result<Response> api_entries(ports::Ports& ports, Call& call) {
  std::string_view accepted = call.request().header("accept");
  if (accepted.find("text/csv") != std::string_view::npos) return download_csv(ports, call);
  if (accepted.find(kSpreadsheet) != std::string_view::npos) return download_spreadsheet(ports, call);
  SHIDE_TRY(page, workflow::archive_entries(ports, call.actor(), filter_of(call)));
  json items = json::array();
  for (const ArchiveEntry& entry : page.entries) items.push_back(entry_json(call, entry));
  return call.json({{"items", items}, {"next", page.next.empty() ? json() : json(page.next)}});
}

}  // namespace

std::vector<Route> archive_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> readers = {Role::kHr, Role::kHead};
  return {
      {Method::kGet, "/archives", roles(readers), bound(show_owners), BarLink{"nav.archives", 45}},
      {Method::kGet, "/archives/{staff_number}", roles(readers), bound(show_file)},
      {Method::kGet, "/archives.csv", roles(readers), bound(download_csv)},
      {Method::kGet, "/archives.xlsx", roles(readers), bound(download_spreadsheet)},
      {Method::kGet, "/my/archive", roles({Role::kTeacher}), bound(show_own), BarLink{"archive_page.mine", 15}},
      {Method::kGet, "/api/v1/archive-entries", roles(readers).or_scope("archive:read"), bound(api_entries)},
  };
}

}  // namespace shide::web
