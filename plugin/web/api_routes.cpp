#include "web/api_routes.h"

#include "base/resource.h"
#include "web/call.h"
#include "web/session.h"

namespace shide::web {
namespace {

Result<Response> alive(Call& call) { return call.json({{"status", "alive"}}); }

Result<Response> show_description(Call&) {
  auto bytes = resource("schema/api/openapi.json");
  if (!bytes) return not_found();
  Response response;
  set_header(response, "Content-Type", "application/json; charset=utf-8");
  response.body = std::string(*bytes);
  return response;
}

}  // namespace

std::vector<Route> api_routes() {
  return {{.method = Method::kGet, .pattern = "/health", .permission = public_(), .handler = alive, .asks_who = false},
          {.method = Method::kGet, .pattern = "/api/v1/openapi.json", .permission = public_(), .handler = show_description, .asks_who = false}};
}

}  // namespace shide::web
