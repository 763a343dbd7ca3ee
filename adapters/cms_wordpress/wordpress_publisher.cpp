#include "cms_wordpress/wordpress_publisher.h"

#include <algorithm>

#include "base/base64.h"
#include "base/markup.h"
#include "base/web_address.h"
#include "http_out/json_call.h"

namespace shide::cms_wordpress {

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
constexpr const char* kPosts = "/wp/v2/posts";

std::string raw_in(const json& article, const char* field) { return text_in(part_of(article, field), "raw"); }
std::string id_of(const json& article) { return std::to_string(number_in(article, "id")); }

/// A password on an article hides it from visitors.
bool is_public(const json& article) { return text_in(article, "status") == "publish" && text_in(article, "password").empty(); }
bool is_in_bin(const json& article) { return text_in(article, "status") == "trash"; }

CopySeen seen(const json& article) {
  CopySeen copy;
  copy.standing = is_public(article) ? Standing::kPublic : Standing::kHidden;
  copy.reference = id_of(article);
  copy.address = text_in(article, "link");
  // Titles are markup there, too.
  copy.digest = ports::copy_digest(read_markup(raw_in(article, "title")).shown, raw_in(article, "content"));
  if (part_of(article, "shide_views").is_number_integer()) copy.views = number_in(article, "shide_views");
  return copy;
}

bool may(const json& user, const char* capability) { return flag_in(part_of(user, "capabilities"), capability); }

}  // namespace

// ?rest_route= works whether the site has permalinks or not, and in any folder.
Result<WordpressPublisher::Reply> WordpressPublisher::call(const std::string& method, const std::string& route, const Query& query, const json& body) {
  http_out::Call call;
  call.method = method;
  call.url = site_.url + (site_.url.find('?') == std::string::npos ? "?" : "&") + "rest_route=" + encode_component(route);
  for (const auto& [name, value] : query) call.url += "&" + name + "=" + encode_component(value);
  call.headers = {{"Authorization", "Basic " + base64(site_.user + ":" + site_.password)}, {"User-Agent", "shide-copies"}};
  call.time_out = kTimeOut;
  call.ca_file = site_.ca_file;
  SHIDE_TRY(answer, http_out::call_json(std::move(call), body));
  return Reply{answer.status, std::move(answer.body)};
}

Result<json> WordpressPublisher::ask(const std::string& method, const std::string& route, const Query& query, const json& body) {
  SHIDE_TRY(reply, call(method, route, query, body));
  if (reply.status < 300) return std::move(reply.body);
  return refusal(reply);
}

Error WordpressPublisher::refusal(const Reply& reply) {
  std::string code = text_in(reply.body, "code");
  if (code == "rest_no_route") return problem(ErrorCode::kConfiguration, "http_out.no_json");
  if (reply.status == 404 || reply.status == 410) return not_found();
  if (reply.status == 401 && code.starts_with("rest_")) return problem(ErrorCode::kConfiguration, why_a_stranger());
  if (reply.status == 401) return problem(ErrorCode::kConfiguration, "copy_problem.wrong_password");
  if (reply.status == 403) return problem(ErrorCode::kConfiguration, "copy_problem.role_too_small");
  return problem(ErrorCode::kInvalid, "copy_problem.refused");
}

// WordPress answers a wrong password and a header lost on the way alike; our bridge, where it is active, tells whether it came.
const char* WordpressPublisher::why_a_stranger() {
  Result<Reply> index = call("GET", "/", {}, nullptr);
  if (!index || index->status != 200) return "http_out.no_json";
  if (part_of(part_of(index->body, "authentication"), "application-passwords").is_null()) return "copy_problem.passwords_off";
  const json& came = part_of(index->body, "shide_credentials");
  if (!came.is_boolean()) return "copy_problem.stranger";
  return came.get<bool>() ? "copy_problem.wrong_password" : "copy_problem.stripped";
}

Result<std::vector<json>> WordpressPublisher::find(const CopyKey& key) {
  std::vector<json> found;
  if (!key.reference.empty()) {
    Result<json> known = ask("GET", std::string(kPosts) + "/" + key.reference, {{"context", "edit"}});
    if (known) found.push_back(std::move(*known));
    else if (known.error().code != ErrorCode::kNotFound) return known.error();
  }
  SHIDE_TRY(named, ask("GET", kPosts, {{"slug", ports::copy_name(key.post)}, {"status", "any"}, {"context", "edit"}, {"orderby", "id"}, {"order", "asc"}, {"per_page", "20"}}));
  if (!named.is_array()) return problem(ErrorCode::kConfiguration, "http_out.no_json");
  for (json& one : named) {
    if (id_of(one) != key.reference) found.push_back(std::move(one));
  }
  return found;
}

Result<json> WordpressPublisher::make_hidden(const std::string& name) {
  return ask("POST", kPosts, {}, {{"slug", name}, {"status", "draft"}, {"title", name}, {"comment_status", "closed"}, {"ping_status", "closed"}});
}

Result<json> WordpressPublisher::show(const std::string& id, const Post& post) {
  json body = {{"status", "publish"}, {"password", ""}, {"slug", ports::copy_name(post.id)}, {"title", escape_html(post.title)},
               {"content", ports::copy_html(post)}, {"excerpt", escape_html(post.quote)}, {"comment_status", "closed"}, {"ping_status", "closed"}};
  SHIDE_TRY(number, category(post.shelf));
  if (number > 0) body["categories"] = json::array({number});
  return ask("POST", std::string(kPosts) + "/" + id, {}, body);
}

Result<void> WordpressPublisher::remove(const std::string& id) {
  Result<json> gone = ask("DELETE", std::string(kPosts) + "/" + id, {{"force", "true"}});
  return gone || gone.error().code == ErrorCode::kNotFound ? Result<void>() : Result<void>(gone.error());
}

Result<std::int64_t> WordpressPublisher::category(const std::string& slug) {
  if (slug.empty()) return std::int64_t{0};
  {
    std::lock_guard lock(mutex_);
    if (auto known = categories_.find(slug); known != categories_.end()) return known->second;
  }
  SHIDE_TRY(list, ask("GET", "/wp/v2/categories", {{"slug", slug}}));
  if (!list.is_array() || list.empty()) return problem(ErrorCode::kConfiguration, "copy_problem.no_category");
  std::lock_guard lock(mutex_);
  return categories_[slug] = number_in(list[0], "id");
}

Result<std::int64_t> WordpressPublisher::category(model::Shelf shelf) {
  auto own = site_.category_of.find(shelf);
  return category(own == site_.category_of.end() ? site_.category : own->second);
}

Result<std::vector<std::int64_t>> WordpressPublisher::our_categories() {
  SHIDE_TRY(common, category(site_.category));
  std::vector<std::int64_t> all{common};
  for (const auto& [shelf, slug] : site_.category_of) {
    SHIDE_TRY(number, category(slug));
    all.push_back(number);
  }
  return all;
}

Result<CopySeen> WordpressPublisher::publish(const model::ClearedPost& cleared, const std::string& reference, Existing existing) {
  const Post& post = cleared.post();
  SHIDE_TRY(found, find({post.id, reference}));
  // One that visitors see counts before a draft; what somebody threw away is not taken out of the bin.
  std::stable_partition(found.begin(), found.end(), [](const json& one) { return !is_in_bin(one); });
  std::stable_partition(found.begin(), found.end(), is_public);
  if (!found.empty() && is_public(found.front()) && existing == Existing::kKeep) return seen(found.front());
  if (found.empty() || is_in_bin(found.front())) {
    SHIDE_TRY(made, make_hidden(ports::copy_name(post.id)));
    found.insert(found.begin(), std::move(made));
  }
  SHIDE_TRY(shown, show(id_of(found.front()), post));
  // Drafts of calls whose answers were lost, and what lay in the bin.
  for (std::size_t i = 1; i < found.size(); ++i) SHIDE_CHECK(remove(id_of(found[i])));
  return seen(shown);
}

Result<CopySeen> WordpressPublisher::move(const model::ClearedPost& cleared, const std::string& reference) {
  if (site_.category_of.empty()) return look({cleared.post().id, reference});
  SHIDE_TRY(found, find({cleared.post().id, reference}));
  auto there = std::find_if(found.begin(), found.end(), is_public);
  if (there == found.end()) return found.empty() ? CopySeen{} : seen(found.front());
  SHIDE_TRY(ours, our_categories());
  SHIDE_TRY(wanted, category(cleared.post().shelf));
  json put = json::array();
  if (wanted > 0) put.push_back(wanted);
  for (const json& number : part_of(*there, "categories")) {
    if (number.is_number_integer() && std::find(ours.begin(), ours.end(), number.get<std::int64_t>()) == ours.end()) put.push_back(number);
  }
  SHIDE_TRY(moved, ask("POST", std::string(kPosts) + "/" + id_of(*there), {}, {{"categories", put}}));
  return seen(moved);
}

Result<void> WordpressPublisher::withdraw(const CopyKey& key) {
  SHIDE_TRY(found, find(key));
  for (const json& article : found) SHIDE_CHECK(remove(id_of(article)));
  return {};
}

Result<CopySeen> WordpressPublisher::look(const CopyKey& key) {
  SHIDE_TRY(found, find(key));
  std::stable_partition(found.begin(), found.end(), is_public);
  return found.empty() ? CopySeen{} : seen(found.front());
}

Result<Phrase> WordpressPublisher::advice() {
  Result<json> user = ask("GET", "/wp/v2/users/me", {{"context", "edit"}});
  if (auto* error = user.if_error()) return error->code == ErrorCode::kUnavailable ? Result<Phrase>(*error) : Result<Phrase>(error->phrase);
  for (const char* needed : {"edit_published_posts", "publish_posts", "delete_published_posts"}) {
    if (!may(*user, needed)) return Phrase{"copy_problem.role_too_small"};
  }
  if (may(*user, "edit_others_posts") || may(*user, "manage_options")) return Phrase{"copy_problem.role_too_large"};
  Result<std::vector<std::int64_t>> all = our_categories();
  if (auto* error = all.if_error()) return error->code == ErrorCode::kUnavailable ? Result<Phrase>(*error) : Result<Phrase>(error->phrase);
  return Phrase{};
}

}  // namespace shide::cms_wordpress
