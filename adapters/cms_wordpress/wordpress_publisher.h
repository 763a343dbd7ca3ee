// Copies in a WordPress, over its REST interface, as a user who is an Author and nothing more.
#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "ports/publisher.h"

namespace shide::cms_wordpress {

struct WordpressSite {
  std::string url;       // its front page, also in a folder: https://www.example.edu.cn/wp/
  std::string user;      // login name
  std::string password;  // an application password of that user, with or without its blanks
  std::string category;  // slug of the category; empty: the site's own default
  std::string ca_file;   // as http_out::Call
  std::map<model::Shelf, std::string> category_of = {};  // of a shelf that has one of its own
};

class WordpressPublisher : public ports::Publisher {
 public:
  explicit WordpressPublisher(WordpressSite site) : site_(std::move(site)) {}

  std::string host() const override { return "wordpress"; }
  Result<ports::CopySeen> publish(const model::ClearedPost& post, const std::string& reference, ports::Existing existing) override;
  /// Other categories that somebody has given it stay.
  Result<ports::CopySeen> move(const model::ClearedPost& post, const std::string& reference) override;
  Result<void> withdraw(const ports::CopyKey& key) override;
  Result<ports::CopySeen> look(const ports::CopyKey& key) override;
  Result<Phrase> advice() override;

 private:
  using json = nlohmann::json;
  using Query = std::vector<std::pair<std::string, std::string>>;
  struct Reply {
    int status = 0;
    json body;
  };

  /// kNotFound for what is not there (any more); the site's other refusals in words.
  Result<json> ask(const std::string& method, const std::string& route, const Query& query, const json& body = nullptr);
  Result<Reply> call(const std::string& method, const std::string& route, const Query& query, const json& body);
  Error refusal(const Reply& reply);
  /// Nobody is signed in though we said who we are.
  const char* why_a_stranger();

  /// Every article of that post, the one of `reference` first, then by age; also what lies in the bin.
  Result<std::vector<json>> find(const ports::CopyKey& key);
  Result<json> make_hidden(const std::string& name);
  Result<json> show(const std::string& id, const model::Post& post);
  Result<void> remove(const std::string& id);
  /// By slug, 0 for the empty one; asked once.
  Result<std::int64_t> category(const std::string& slug);
  Result<std::int64_t> category(model::Shelf shelf);
  Result<std::vector<std::int64_t>> our_categories();

  WordpressSite site_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t> categories_;
};

}  // namespace shide::cms_wordpress
