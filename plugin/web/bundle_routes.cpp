#include "web/bundle_routes.h"

#include <set>

#include "ports/publisher.h"
#include "web/asset_routes.h"
#include "web/call.h"
#include "web/page.h"
#include "web/parts.h"
#include "web/problem.h"
#include "workflow/post.h"

namespace shide::web {
namespace {

using model::Post;
using model::PostState;
using model::Role;
using nlohmann::json;

constexpr const char* kSteps[] = {"bundle.step.title", "bundle.step.text", "bundle.step.source", "bundle.step.shelf", "bundle.step.publish", "bundle.step.look", "bundle.step.address"};
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // without it old editors on Windows guess another encoding

/// One box of the portal's form.
struct Part {
  std::string name;  // of the file and of the field
  std::string text;
};

std::vector<Part> parts_of(const Post& post) {
  std::string date = post.published_at ? to_text(date_of(*post.published_at)) : "";
  return {{"headline", post.title}, {"source", post.source}, {"publisher", post.publisher}, {"date", date}, {"text", ports::post_html(post)}};
}

std::string checklist(const Call& call) {
  std::string text;
  int number = 0;
  for (const char* step : kSteps) text += std::to_string(++number) + ". " + call.say({step}) + "\r\n";
  return text;
}

Result<Response> bundle_page(ports::Ports& ports, Call& call, const Id<Post>& id, const std::vector<Problem>& problems, int status) {
  SHIDE_TRY(post, workflow::post_at_work(ports, call.actor(), id));
  bool is_out = post.state == PostState::kPublished, was_out = post.state == PostState::kWithdrawn;
  if (!is_out && !was_out) return not_found();
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"bundle.title"})}, {"id", post.id.value}, {"name", post.title}, {"is_out", is_out}, {"steps", json::array()}, {"parts", json::array()},
               {"script_address", asset_address(call.link(""), "copies.js")}, {"errors", fields.summary()},
               {"may_note", call.actor().has(Role::kUnionEditor) || call.actor().has(Role::kStudentOffice)}};
  for (const char* step : kSteps) view["steps"].push_back(call.say({step}));
  for (const Part& part : parts_of(post)) {
    bool is_long = part.name == "text";
    if (is_out && !part.text.empty()) view["parts"].push_back({{"id", part.name}, {"label", call.say({"bundle." + part.name})}, {"text", part.text}, {"long", is_long}, {"short", !is_long}});
  }
  view["withdrawn"] = was_out ? note(Tone::kWarm, call.say({"bundle.withdrawn"}), call.say({"bundle.withdrawn_what"})) : json();
  view["copy_address"] = fields.text("copy_address", "bundle.copy_address", {.value = post.copy_address, .optional = true, .limit = 500});
  return call.page("bundle", std::move(view), status);
}

Result<Response> show_bundle(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  return bundle_page(ports, call, id, {}, 200);
}

Result<Response> download_bundle(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  SHIDE_TRY(post, workflow::post_at_work(ports, call.actor(), id));
  if (post.state != PostState::kPublished) return not_found();
  std::vector<ports::ArchivedFile> files;
  for (Part& part : parts_of(post)) files.push_back({part.name + (part.name == "text" ? ".html" : ".txt"), std::string(kByteOrderMark) + std::move(part.text)});
  files.push_back({"checklist.txt", std::string(kByteOrderMark) + checklist(call)});
  SHIDE_TRY(bytes, ports.documents->archive(files));
  return call.download(std::move(bytes), "application/zip", post.title + ".zip");
}

Result<Response> note_address(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  auto noted = workflow::note_copy(ports, call.actor(), id, call.form().text("copy_address"));
  if (noted) return call.redirect("/editor/" + id.value + "/bundle");
  if (!is_mendable(noted.error())) return noted.error();
  return bundle_page(ports, call, id, problems_of(noted.error(), "copy_address"), status_of(noted.error().code));
}

}  // namespace

std::vector<Route> bundle_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> desk = {Role::kUnionEditor, Role::kStudentOffice, Role::kHead};
  return {
      {Method::kGet, "/editor/{id}/bundle", roles(desk), bound(show_bundle)},
      {Method::kGet, "/editor/{id}/bundle.zip", roles(desk), bound(download_bundle)},
      {Method::kPost, "/editor/{id}/bundle", roles({Role::kUnionEditor, Role::kStudentOffice}), bound(note_address)},
  };
}

}  // namespace shide::web
