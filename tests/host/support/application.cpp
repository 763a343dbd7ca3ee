// Stands in for plugin/web until it is there; not built once it is. It answers what the recorded conversations ask.
#include "web/application.h"

#include <nlohmann/json.hpp>

#include "door/refusal.h"
#include "ports/ports.h"

namespace shide::web {

struct Application::Parts {
  ports::Ports& ports;
};

Application::Application(ports::Ports& ports, Settings) : parts_(new Parts{ports}) {}
Application::~Application() = default;

Response Application::handle(Request& request) const {
  if (request.path == "/health") return {200, {{"Content-Type", "application/json"}}, R"({"status":"alive"})" "\n"};
  if (request.path == "/api/v1/session") {
    std::string body;
    char buffer[4096];
    for (long count; request.read_body && (count = request.read_body(buffer, sizeof buffer)) > 0;) body.append(buffer, static_cast<std::size_t>(count));
    if (!nlohmann::json::accept(body)) return door::refusal(422, "door.malformed", Language::kChinese);
  }
  if (request.path == "/") {
    Result<void> done = parts_->ports.store->read(model::Actor{}, [](ports::Unit&) -> Result<void> { return {}; });
    if (!done) return door::refusal(503, "door.not_ready", Language::kChinese);
    return {200, {{"Content-Type", "text/html; charset=utf-8"}}, "<!doctype html><title>shide</title>"};
  }
  return door::refusal(404, "door.not_here", Language::kChinese);
}

}  // namespace shide::web
