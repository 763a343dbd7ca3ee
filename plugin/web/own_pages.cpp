#include "web/own_pages.h"

#include <algorithm>

#include "web/session.h"

namespace shide::web {

Result<ports::PublicAnswer> OwnPages::get(std::string_view address) {
  std::size_t question = std::min(address.find('?'), address.size());
  Request request;
  request.method = "GET";
  request.path = std::string(address.substr(0, question));
  request.query = std::string(address.substr(std::min(question + 1, address.size())));
  request.headers = {{"host", "localhost"}, {"user-agent", std::string(ports::kWatcher)}};
  request.remote_address = "127.0.0.1";
  request.mount_prefix = mount_;
  Response response = application_.handle(request);
  if (response.body.size() > ports::kMaximumPublicBytes) response.body.resize(ports::kMaximumPublicBytes);
  return ports::PublicAnswer{response.status, std::string(header_of(response, "content-type")), std::move(response.body)};
}

}  // namespace shide::web
