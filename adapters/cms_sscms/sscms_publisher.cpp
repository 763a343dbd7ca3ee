#include "cms_sscms/sscms_publisher.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/web_address.h"
#include "http_out/json_call.h"

namespace shide::cms_sscms {

using http_out::flag_in;
using http_out::number_in;
using http_out::part_of;
using http_out::problem;
using http_out::text_in;
using model::Post;
using nlohmann::json;
using ports::CopyKey;
using ports::CopySeen;
using ports::Existing;
using ports::Standing;

namespace {

constexpr std::chrono::seconds kTimeOut{5};  // of one call; a push is five at most
// Above the highest level any site asks for: passed at once, where the key's administrator may do that.
constexpr int kPassed = 99, kNotPassed = 0;

std::string id_of(const json& content) { return std::to_string(number_in(content, "id")); }
bool is_public(const json& content) { return flag_in(content, "checked"); }

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The tag is the name under which a post is found again; readers see it nowhere but in the list of tags.
json content_of(const Post& post, int level) {
  return {{"title", post.title}, {"body", ports::copy_html(post)}, {"summary", post.quote}, {"source", post.source}, {"author", post.publisher},
          {"tagNames", {ports::copy_name(post.id)}}, {"checkedLevel", level}};
}

}  // namespace

SscmsPublisher::SscmsPublisher(SscmsSite site) : site_(std::move(site)) {
  if (!site_.url.ends_with('/')) site_.url += '/';
  std::size_t slash = std::min(site_.channel.find('/'), site_.channel.size());
  site_number_ = site_.channel.substr(0, slash);
  channel_number_ = site_.channel.substr(std::min(slash + 1, site_.channel.size()));
}

Result<json> SscmsPublisher::ask(const std::string& method, const std::string& path, const json& body) {
  http_out::Call call;
  call.method = method;
  call.url = site_.url + "api/v1/" + path;
  call.headers = {{"X-SS-API-KEY", site_.key}, {"User-Agent", "shide-copies"}};
  call.time_out = kTimeOut;
  call.ca_file = site_.ca_file;
  SHIDE_TRY(answer, http_out::call_json(std::move(call), body));
  if (answer.status < 300) return std::move(answer.body);
  if (answer.status == 404) return not_found();
  if (answer.status == 401 || answer.status == 403) return problem(ErrorCode::kConfiguration, "copy_problem.wrong_key");
  return problem(ErrorCode::kInvalid, "copy_problem.refused");
}

Result<std::vector<json>> SscmsPublisher::find(const CopyKey& key) {
  std::vector<json> found;
  if (!key.reference.empty()) {
    Result<json> known = ask("GET", content_path(key.reference));
    if (known) found.push_back(std::move(*known));
    else if (known.error().code != ErrorCode::kNotFound) return known.error();
  }
  json query = {{"siteId", number_of(site_number_)}, {"channelId", number_of(channel_number_)}, {"tagNames", {ports::copy_name(key.post)}},
                {"orders", {{{"column", "Id"}, {"desc", false}}}}, {"page", 1}, {"perPage", 20}};
  Result<json> listed = ask("POST", "contents", query);
  if (auto* error = listed.if_error()) return error->code == ErrorCode::kNotFound ? problem(ErrorCode::kConfiguration, "copy_problem.no_channel") : std::move(*error);
  for (const json& one : part_of(*listed, "contents")) {
    if (id_of(one) != key.reference) found.push_back(one);
    else if (!found.empty()) found.front() = one;  // the list tells its address as well
  }
  return found;
}

CopySeen SscmsPublisher::seen(const json& content) const {
  CopySeen copy;
  copy.standing = is_public(content) ? Standing::kPublic : Standing::kHidden;
  copy.reference = id_of(content);
  std::string address = text_in(content, "navigationUrl");
  copy.address = address.starts_with('/') ? std::string(origin_of(site_.url)) + address : address;
  copy.digest = ports::copy_digest(text_in(content, "title"), text_in(content, "body"));
  if (part_of(content, "hits").is_number_integer()) copy.views = number_in(content, "hits");
  return copy;
}

Result<CopySeen> SscmsPublisher::publish(const model::ClearedPost& cleared, const std::string& reference, Existing existing) {
  const Post& post = cleared.post();
  SHIDE_TRY(found, find({post.id, reference}));
  std::stable_partition(found.begin(), found.end(), is_public);
  if (!found.empty() && is_public(found.front()) && existing == Existing::kKeep) return seen(found.front());
  if (found.empty()) {
    SHIDE_TRY(made, ask("POST", "contents/" + site_.channel, content_of(post, kNotPassed)));
    found.push_back(std::move(made));
  }
  SHIDE_TRY(shown, ask("PUT", content_path(id_of(found.front())), content_of(post, kPassed)));
  for (std::size_t i = 1; i < found.size(); ++i) {
    Result<json> gone = ask("DELETE", content_path(id_of(found[i])));
    if (!gone && gone.error().code != ErrorCode::kNotFound) return gone.error();
  }
  CopySeen copy = seen(shown);
  SHIDE_TRY(listed, look({post.id, copy.reference}));
  if (copy.address.empty()) copy.address = listed.address;
  return copy;
}

Result<void> SscmsPublisher::withdraw(const CopyKey& key) {
  SHIDE_TRY(found, find(key));
  for (const json& content : found) {
    Result<json> gone = ask("DELETE", content_path(id_of(content)));
    if (!gone && gone.error().code != ErrorCode::kNotFound) return gone.error();
  }
  return {};
}

Result<CopySeen> SscmsPublisher::look(const CopyKey& key) {
  SHIDE_TRY(found, find(key));
  std::stable_partition(found.begin(), found.end(), is_public);
  return found.empty() ? CopySeen{} : seen(found.front());
}

Result<Phrase> SscmsPublisher::advice() {
  Result<json> listed = ask("POST", "contents", {{"siteId", number_of(site_number_)}, {"channelId", number_of(channel_number_)}, {"page", 1}, {"perPage", 1}});
  if (listed) return Phrase{};
  if (listed.error().code == ErrorCode::kUnavailable) return listed.error();
  return listed.error().code == ErrorCode::kNotFound ? Phrase{"copy_problem.no_channel"} : listed.error().phrase;
}

}  // namespace shide::cms_sscms
