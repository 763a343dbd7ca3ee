#include "public_http/public_http.h"

#include "http_out/client.h"

namespace shide::public_http {

PublicHttp::PublicHttp(std::string base_url, std::vector<std::string> others, std::string ca_file)
    : base_url_(std::move(base_url)), others_(std::move(others)), ca_file_(std::move(ca_file)) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

Result<ports::PublicAnswer> PublicHttp::get(std::string_view address) {
  http_out::Call call;
  call.url = address.starts_with('/') ? base_url_ + std::string(address) : std::string(address);
  call.headers = {{"User-Agent", std::string(ports::kWatcher)}};  // nothing about caches: what they hold is what visitors get
  call.ca_file = ca_file_;
  call.most_bytes = ports::kMaximumPublicBytes;
  SHIDE_TRY(answer, http_out::call(call));
  return ports::PublicAnswer{answer.status, std::move(answer.content_type), std::move(answer.body)};
}

}  // namespace shide::public_http
