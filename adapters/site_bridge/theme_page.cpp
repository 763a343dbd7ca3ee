#include "site_bridge/theme_page.h"

#include "http_out/client.h"
#include "site_bridge/signed_tickets.h"

namespace shide::site_bridge {

ThemePage::ThemePage(std::string address, std::string ca_file) : address_(bridge_address(address, "shell")), ca_file_(std::move(ca_file)) {}

Result<ports::ThemePage> ThemePage::fetch() {
  http_out::Call call;
  call.url = address_;
  call.headers = {{"User-Agent", "shide-theme"}, {"Accept", "text/html"}};
  call.ca_file = ca_file_;
  call.most_bytes = ports::kMaximumThemeBytes + 1;  // one more tells that there was more
  SHIDE_TRY(answer, http_out::call(call));
  if (answer.status != 200 || !answer.content_type.starts_with("text/html")) {
    return Error{ErrorCode::kUnavailable, {"theme.no_page"}, "theme: status " + std::to_string(answer.status)};
  }
  if (answer.body.size() > ports::kMaximumThemeBytes) return Error{ErrorCode::kTooLarge, {"theme.too_large"}};
  return ports::ThemePage{address_, std::move(answer.body)};
}

}  // namespace shide::site_bridge
