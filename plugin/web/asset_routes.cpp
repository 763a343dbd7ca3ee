#include "web/asset_routes.h"

#include <map>

#include "base/digest.h"
#include "base/resource.h"
#include "web/call.h"
#include "web/session.h"
#include "web/theme.h"

namespace shide::web {
namespace {

constexpr std::string_view kFolder = "plugin/web/assets/";
constexpr std::string_view kShellWorker = "shell-worker.js";

struct Asset {
  std::string_view bytes;
  std::string version;
  std::string content_type;
};

std::string type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".png")) return "image/png";
  return "application/octet-stream";
}

const std::map<std::string, Asset, std::less<>>& assets() {
  static const auto all = [] {
    std::map<std::string, Asset, std::less<>> found;
    for (std::string_view path : resources(kFolder)) {
      std::string_view bytes = *resource(path);
      std::string name(path.substr(kFolder.size()));
      found.emplace(name, Asset{bytes, sha256_hex(bytes).substr(0, 12), type_of(name)});
    }
    static const std::string in_theme = scoped_look(found.at("look.css").bytes, "shide-in-theme") + std::string(found.at("in-theme.css").bytes);
    found.emplace("look-in-theme.css", Asset{in_theme, sha256_hex(in_theme).substr(0, 12), type_of(".css")});
    return found;
  }();
  return all;
}

Result<Response> show_asset(Call& call) {
  auto found = assets().find(call.parameter("name"));
  if (found == assets().end()) return not_found();
  const Asset& asset = found->second;
  const std::string tag = "\"" + asset.version + "\"";
  Response response;
  set_header(response, "Content-Type", asset.content_type);
  set_header(response, "ETag", tag);
  bool named_by_content = call.query("v") == asset.version;
  set_header(response, "Cache-Control", named_by_content ? "public, max-age=31536000, immutable" : "public, max-age=300");
  set_header(response, "Vary", "Accept-Encoding");
  // It stands among the assets, and answers for every page of ours, but for none of the site around us.
  if (found->first == kShellWorker) set_header(response, "Service-Worker-Allowed", call.link("/"));
  if (call.request().header("if-none-match") == tag) response.status = 304;
  else response.body = std::string(asset.bytes);
  return response;
}

/// What the device shows in place of a page while there is no network. Kept in its cache, so it knows nobody: what somebody typed
/// comes from the device's own drafts.
Result<Response> show_offline(Call& call) {
  Fields fields = call.fields();
  return call.page("offline", {{"title", call.say({"offline.title"})},
                               {"drafts_address", asset_address(call.link(""), "drafts.js")},
                               {"narrative", fields.area("narrative", "annex3.narrative", {.limit = 5000, .rows = 9})},
                               {"reflection", fields.area("reflection", "annex3.reflection", {.limit = 3000, .rows = 4})}});
}

}  // namespace

std::string asset_address(std::string_view mount_prefix, std::string_view name) {
  auto found = assets().find(name);
  std::string version = found == assets().end() ? "0" : found->second.version;
  return std::string(mount_prefix) + "/assets/" + std::string(name) + "?v=" + version;
}

std::string shell_worker_address(std::string_view mount_prefix) {
  return asset_address(mount_prefix, kShellWorker) + "&shell=" + assets().at("look.css").version + assets().at("drafts.js").version;
}

std::vector<Route> asset_routes() {
  return {{.method = Method::kGet, .pattern = "/assets/{name}", .permission = public_(), .handler = show_asset, .asks_who = false},
          {.method = Method::kGet, .pattern = "/offline", .permission = public_(), .handler = show_offline, .asks_who = false}};
}

}  // namespace shide::web
