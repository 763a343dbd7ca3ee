// Two school sites as small as they can be, over real HTTP: what our adapters say to a WordPress and to a CMS of SSCMS's shape, and
// what a person does there by hand. How faithful the first is, tests/host/wordpress.mjs shows with the real one.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/http_site.h"

namespace shide::testing {

/// What both have: articles, hands that change them, and ways to fail.
class CmsSite {
 public:
  struct Article {
    std::int64_t id = 0;
    std::string name, title, html, state = "draft";  // state: draft, publish, trash
    std::vector<std::int64_t> categories;
    std::int64_t views = 0;
  };
  virtual ~CmsSite() = default;

  std::string address() const { return site_.address(); }

  void change_by_hand(const std::string& name);
  void hide_by_hand(const std::string& name);
  void throw_away_by_hand(const std::string& name);  // into the bin
  void file_by_hand(const std::string& name, std::int64_t category);  // there as well
  void rename_by_hand(const std::string& name, const std::string& other);
  std::vector<Article> articles() const;
  int public_copies(const std::string& name) const;
  /// "GET /wp/v2/posts", in the order they came.
  std::vector<std::string> asked() const;

  std::atomic<bool> loses_answers = false;  // what changes something is done, and nobody is told
  std::atomic<int> status = 0;              // not 0: answers this and does nothing
  std::string odd_body;                     // with status: what it says

 protected:
  struct Reply {
    int status = 200;
    nlohmann::json body;
    bool changes = false;
  };
  CmsSite() : site_([this](HttpSite::Request& request, HttpSite::Response& response) { answer(request, response); }) {}
  virtual Reply reply(const HttpSite::Request& request, const std::string& path, const std::map<std::string, std::string>& query, const nlohmann::json& body) = 0;
  Article* article(std::int64_t id);
  Article& make();
  std::map<std::int64_t, Article>& all() { return articles_; }

 private:
  void answer(HttpSite::Request& request, HttpSite::Response& response);
  void each(const std::string& name, const std::function<void(Article&)>& change);

  mutable std::mutex mutex_;
  std::map<std::int64_t, Article> articles_;
  std::vector<std::string> asked_;
  std::int64_t last_ = 0;
  HttpSite site_;  // the last: it stops before what it uses goes
};

class SmallWordpress : public CmsSite {
 public:
  static constexpr const char* kUser = "publisher";
  static constexpr const char* kPassword = "abcd efgh ijkl mnop qrst uvwx";

  std::atomic<bool> strips_authorization = false;
  std::atomic<bool> offers_passwords = true;
  std::atomic<bool> has_bridge = true;       // which tells whether credentials came
  std::string role = "author";  // contributor, author, administrator

 private:
  Reply reply(const HttpSite::Request& request, const std::string& path, const std::map<std::string, std::string>& query, const nlohmann::json& body) override;
  Reply posts(const std::string& method, const std::map<std::string, std::string>& query, const nlohmann::json& body);
  Reply post(const std::string& method, std::int64_t id, const nlohmann::json& body);
  void take(Article& article, const nlohmann::json& body);
  nlohmann::json shown(const Article& article) const;
};

class SmallSscms : public CmsSite {
 public:
  static constexpr const char* kKey = "7cd22002-27a7-4c5d-ba4d-a1c108a20eaf";

 private:
  Reply reply(const HttpSite::Request& request, const std::string& path, const std::map<std::string, std::string>& query, const nlohmann::json& body) override;
  static void take(Article& article, const nlohmann::json& body);
  nlohmann::json shown(const Article& article, bool in_list) const;
};

}  // namespace shide::testing
