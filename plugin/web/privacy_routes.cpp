#include "web/privacy_routes.h"

#include <algorithm>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "privacy/matrix.h"
#include "web/call.h"

namespace shide::web {
namespace {

using model::DataKind;
using model::Level;
using nlohmann::json;
using privacy::MatrixCell;

/// The numbers of schema/rules/retention.info, by which the job destroys: the page cannot promise others.
std::vector<PhraseArgument> periods() {
  std::vector<PhraseArgument> args;
  auto file = parse_info(resource("schema/rules/retention.info").value_or(""), "retention.info");
  const InfoEntry* entry = file ? file->child("retention") : nullptr;
  for (const char* name : {"contact_days", "record_years", "consent_years"}) args.emplace_back(name, entry ? entry->text(name) : std::string());
  return args;
}

Result<Response> show_privacy(Call& call) {
  json sections = json::array();
  for (int i = 1;; ++i) {
    std::string code = "privacy_page.part_" + std::to_string(i);
    if (text_of(code, call.language()).empty()) break;
    json lines = json::array();
    std::string words = call.say({code + ".text", periods()});
    for (std::string_view line : split(words, '\n')) lines.push_back({{"words", line}});
    sections.push_back({{"head", call.say({code})}, {"lines", std::move(lines)}});
  }
  json view = {{"title", call.say({"privacy_page.title"})}, {"version", call.say({"privacy_page.version"})}, {"sections", std::move(sections)}, {"matrix_address", nullptr}};
  if (!call.actor().is_public()) view["matrix_address"] = call.link("/privacy/matrix");
  return call.page("privacy", std::move(view));
}

/// Who is at one level, by name; "" for nobody.
template <class Pick>
std::string readers_at(const Call& call, const std::vector<MatrixCell>& row, Level level, Pick&& pick) {
  std::vector<std::string> names;
  for (const MatrixCell& cell : row) {
    if (pick(cell) == level) names.push_back(call.say({"matrix.reader." + std::string(model::code_of(cell.reader))}));
  }
  return join(names, call.say({"my.and"}));
}

json kind_view(const Call& call, DataKind kind) {
  std::string code(model::code_of(kind));
  std::vector<MatrixCell> row = privacy::matrix_row(kind);
  json lines = json::array();
  auto add = [&](const char* word, const std::string& names) {
    if (!names.empty()) lines.push_back({{"level", call.say({word})}, {"names", names}});
  };
  auto plain = [](const MatrixCell& cell) { return cell.plain; };
  add("matrix.full", readers_at(call, row, Level::kFull, plain));
  add("matrix.masked", readers_at(call, row, Level::kMasked, plain));
  add("matrix.counts", readers_at(call, row, Level::kCounts, plain));
  add("matrix.with_reason", readers_at(call, row, Level::kFull, [](const MatrixCell& cell) { return cell.with_reason > cell.plain ? cell.with_reason : Level::kNone; }));
  return {{"kind", call.say({"matrix.kind." + code})}, {"what", call.say({"matrix.kind." + code + ".what"})}, {"why", call.say({"matrix.kind." + code + ".why"})}, {"lines", std::move(lines)}};
}

Result<Response> show_matrix(Call& call) {
  json kinds = json::array();
  for (std::string_view code : codes(DataKind{})) {
    auto kind = *model::from_code<DataKind>(code);
    if (kind != DataKind::kNone) kinds.push_back(kind_view(call, kind));
  }
  return call.page("privacy_matrix", {{"title", call.say({"matrix.title"})}, {"kinds", std::move(kinds)}});
}

}  // namespace

std::vector<Route> privacy_routes(ports::Ports&) {
  return {
      {Method::kGet, "/privacy", public_(), [](Call& call) { return show_privacy(call); }},
      {Method::kGet, "/privacy/matrix", signed_in(), [](Call& call) { return show_matrix(call); }},
  };
}

}  // namespace shide::web
