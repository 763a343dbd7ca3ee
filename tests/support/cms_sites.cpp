#include "support/cms_sites.h"

#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>

#include "base/base64.h"

namespace shide::testing {

using nlohmann::json;

void CmsSite::each(const std::string& name, const std::function<void(Article&)>& change) {
  std::lock_guard lock(mutex_);
  for (auto& [id, article] : articles_) {
    if (article.name == name) change(article);
  }
}

void CmsSite::change_by_hand(const std::string& name) { each(name, [](Article& one) { one.html += "<p>x</p>"; }); }
void CmsSite::hide_by_hand(const std::string& name) { each(name, [](Article& one) { one.state = "draft"; }); }
void CmsSite::throw_away_by_hand(const std::string& name) { each(name, [](Article& one) { one.state = "trash"; }); }
void CmsSite::file_by_hand(const std::string& name, std::int64_t category) { each(name, [=](Article& one) { one.categories.push_back(category); }); }
void CmsSite::rename_by_hand(const std::string& name, const std::string& other) { each(name, [&](Article& one) { one.name = other; }); }

std::vector<CmsSite::Article> CmsSite::articles() const {
  std::lock_guard lock(mutex_);
  std::vector<Article> list;
  for (const auto& [id, article] : articles_) list.push_back(article);
  return list;
}

int CmsSite::public_copies(const std::string& name) const {
  std::vector<Article> list = articles();
  return static_cast<int>(std::count_if(list.begin(), list.end(), [&](const Article& one) { return one.name == name && one.state == "publish"; }));
}

std::vector<std::string> CmsSite::asked() const {
  std::lock_guard lock(mutex_);
  return asked_;
}

CmsSite::Article* CmsSite::article(std::int64_t id) {
  auto found = articles_.find(id);
  return found == articles_.end() ? nullptr : &found->second;
}

CmsSite::Article& CmsSite::make() {
  Article& fresh = articles_[++last_];
  fresh.id = last_;
  return fresh;
}

void CmsSite::answer(HttpSite::Request& request, HttpSite::Response& response) {
  std::string sent;
  Poco::StreamCopier::copyToString(request.stream(), sent);
  Poco::URI uri(request.getURI());
  std::map<std::string, std::string> query;
  for (const auto& [name, value] : uri.getQueryParameters()) query[name] = value;
  std::string path = query.count("rest_route") ? query["rest_route"] : uri.getPath();
  Reply done{status, nullptr, false};
  std::string body = odd_body;
  {
    std::lock_guard lock(mutex_);
    asked_.push_back(request.getMethod() + " " + path);
    if (status == 0) {
      done = reply(request, path, query, sent.empty() ? json() : json::parse(sent));
      body = done.body.dump();
    }
  }
  if (loses_answers && done.changes) return dynamic_cast<Poco::Net::HTTPServerRequestImpl&>(request).socket().shutdown();
  response.setStatus(static_cast<HttpSite::Response::HTTPStatus>(done.status));
  response.setContentType("application/json");
  response.send() << body;
}

// ---- a WordPress ----

json SmallWordpress::shown(const Article& article) const {
  return {{"id", article.id}, {"slug", article.name}, {"status", article.state}, {"link", address() + "/" + article.name + "/"}, {"password", ""},
          {"title", {{"raw", article.title}}}, {"content", {{"raw", article.html}}}, {"categories", article.categories}, {"shide_views", article.views}};
}

void SmallWordpress::take(Article& article, const json& body) {
  article.name = body.value("slug", article.name);
  article.title = body.value("title", article.title);
  article.html = body.value("content", article.html);
  article.state = body.value("status", article.state);
  if (body.contains("categories")) article.categories = body["categories"].get<std::vector<std::int64_t>>();
  // Of two that are public each has an address of its own.
  for (auto& [id, other] : all()) {
    if (id != article.id && other.name == article.name && other.state == "publish" && article.state == "publish") article.name += "-2";
  }
}

CmsSite::Reply SmallWordpress::posts(const std::string& method, const std::map<std::string, std::string>& query, const json& body) {
  if (method == "POST") {
    Article& fresh = make();
    take(fresh, body);
    return {201, shown(fresh), true};
  }
  json list = json::array();
  for (const auto& [id, one] : all()) {
    if (one.name == query.at("slug") && one.state != "trash") list.push_back(shown(one));
  }
  return {200, list};
}

CmsSite::Reply SmallWordpress::post(const std::string& method, std::int64_t id, const json& body) {
  Article* one = article(id);
  if (!one) return {404, {{"code", "rest_post_invalid_id"}}};
  if (method == "DELETE") {
    all().erase(id);
    return {200, {{"deleted", true}}, true};
  }
  if (method == "POST") {
    if (role == "contributor" && body.value("status", "") == "publish") return {403, {{"code", "rest_cannot_publish"}}};
    take(*one, body);
  }
  return {200, shown(*one), method == "POST"};
}

CmsSite::Reply SmallWordpress::reply(const HttpSite::Request& request, const std::string& path, const std::map<std::string, std::string>& query, const json& body) {
  std::string credentials = strips_authorization ? "" : request.get("Authorization", "");
  if (path == "/") {
    json index = {{"authentication", offers_passwords ? json({{"application-passwords", {{"endpoints", json::object()}}}}) : json::object()}};
    if (has_bridge) index["shide_credentials"] = !credentials.empty();
    return {200, index};
  }
  // As 6.1 answers, whatever is wrong with them.
  if (!offers_passwords || credentials != "Basic " + base64(std::string(kUser) + ":" + kPassword)) return {401, {{"code", "rest_not_logged_in"}}};
  if (path == "/wp/v2/users/me") {
    bool writes = role != "contributor", rules = role == "administrator";
    return {200, {{"capabilities", {{"edit_posts", true}, {"edit_published_posts", writes}, {"publish_posts", writes}, {"delete_published_posts", writes}, {"edit_others_posts", rules}, {"manage_options", rules}}}}};
  }
  if (path == "/wp/v2/categories") {
    static const std::map<std::string, int> kThere = {{"shide", 7}, {"methods", 8}};
    auto found = kThere.find(query.at("slug"));
    return {200, found == kThere.end() ? json::array() : json({{{"id", found->second}, {"slug", found->first}}})};
  }
  const std::string posts_path = "/wp/v2/posts";
  if (path == posts_path) return posts(request.getMethod(), query, body);
  if (path.starts_with(posts_path + "/")) return post(request.getMethod(), std::stoll(path.substr(posts_path.size() + 1)), body);
  return {404, {{"code", "rest_no_route"}}};
}

// ---- a CMS of SSCMS's shape ----

json SmallSscms::shown(const Article& article, bool in_list) const {
  json content = {{"id", article.id}, {"siteId", 1}, {"channelId", 27}, {"title", article.title}, {"body", article.html}, {"tagNames", {article.name}},
                  {"checked", article.state == "publish"}, {"hits", article.views}};
  if (in_list) content["navigationUrl"] = "/contents/27/" + std::to_string(article.id) + ".html";
  return content;
}

void SmallSscms::take(Article& article, const json& body) {
  constexpr int kCheckContentLevel = 1;
  article.name = body.at("tagNames")[0];
  article.title = body.at("title");
  article.html = body.at("body");
  article.state = body.at("checkedLevel") >= kCheckContentLevel ? "publish" : "draft";
}

CmsSite::Reply SmallSscms::reply(const HttpSite::Request& request, const std::string& path, const std::map<std::string, std::string>&, const json& body) {
  if (request.get("X-SS-API-KEY", "") != kKey) return {401, {{"message", "Unauthorized"}}};
  const std::string contents = "/api/v1/contents", channel = contents + "/1/27";
  if (path == contents) {
    if (body.at("siteId") != 1 || body.at("channelId") != 27) return {404, {{"message", "not found"}}};
    json list = json::array();
    for (const auto& [id, one] : all()) {
      if (one.state != "trash" && body.contains("tagNames") && body["tagNames"][0] == one.name) list.push_back(shown(one, true));
    }
    return {200, {{"totalCount", list.size()}, {"contents", list}}};
  }
  if (path == channel && request.getMethod() == "POST") {
    Article& fresh = make();
    take(fresh, body);
    return {200, shown(fresh, false), true};
  }
  Article* one = path.starts_with(channel + "/") ? article(std::stoll(path.substr(channel.size() + 1))) : nullptr;
  if (!one || one->state == "trash") return {404, {{"message", "not found"}}};
  json before = shown(*one, false);
  if (request.getMethod() == "DELETE") one->state = "trash";  // its bin, where no visitor and no list sees it
  if (request.getMethod() == "PUT") take(*one, body);
  return {200, request.getMethod() == "PUT" ? shown(*one, false) : before, request.getMethod() != "GET"};
}

}  // namespace shide::testing
