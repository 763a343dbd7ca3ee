// Another site in memory, as the publisher contract has it: articles by hand, answers that get lost, silence, and a count of what any
// visitor could ever see at once.
//
//     PlainPublisher site;
//     site.loses_answers = true;          // what is asked is done, and nobody is told
//     site.fails = [&] { return dice.between(1, 100) <= 30; };
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "ports/publisher.h"

namespace shide::testing {

class PlainPublisher : public ports::Publisher {
 public:
  struct Article {
    std::string name, title, html;
    ports::Standing standing = ports::Standing::kHidden;
    model::Shelf shelf = model::Shelf::kPlan;
    std::optional<std::int64_t> views;
  };

  std::string host() const override { return "plain"; }

  Result<ports::CopySeen> publish(const model::ClearedPost& post, const std::string& reference, ports::Existing existing) override {
    Call call(*this, "publish " + post.post().id.value);
    ports::CopyKey key{post.post().id, reference};
    SHIDE_CHECK(step());
    std::string id = find(key);
    if (!id.empty() && at(id).standing == ports::Standing::kPublic && existing == ports::Existing::kKeep) {
      SHIDE_CHECK(answer());
      return seen(id);
    }
    SHIDE_CHECK(step());
    if (id.empty()) id = make(ports::copy_name(post.post().id));
    SHIDE_CHECK(step());
    show(id, post.post());
    SHIDE_CHECK(answer());
    return seen(id);
  }
  Result<ports::CopySeen> move(const model::ClearedPost& post, const std::string& reference) override {
    Call call(*this, "move " + post.post().id.value);
    SHIDE_CHECK(step());
    std::string id = find({post.post().id, reference});
    if (id.empty()) return ports::CopySeen{};
    if (at(id).standing == ports::Standing::kPublic) shelve(id, post.post().shelf);
    SHIDE_CHECK(answer());
    return seen(id);
  }
  Result<void> withdraw(const ports::CopyKey& key) override {
    Call call(*this, "withdraw " + key.post.value);
    SHIDE_CHECK(step());
    for (std::string id = find(key); !id.empty(); id = find(key)) remove(id);
    return answer();
  }
  Result<ports::CopySeen> look(const ports::CopyKey& key) override {
    Call call(*this, "look " + key.post.value);
    SHIDE_CHECK(step());
    std::string id = find(key);
    return id.empty() ? ports::CopySeen{} : seen(id);
  }
  Result<Phrase> advice() override {
    Call call(*this, "advice");
    SHIDE_CHECK(step());
    return Phrase{};
  }

  // By hand, over there.
  void change_by_hand(const std::string& name) { each(name, [](Article& one) { one.html += "<p>x</p>"; }); }
  void hide_by_hand(const std::string& name) { each(name, [](Article& one) { one.standing = ports::Standing::kHidden; }); }
  void remove_by_hand(const std::string& name) {
    std::lock_guard lock(mutex_);
    std::erase_if(articles_, [&](const auto& one) { return one.second.name == name; });
  }
  void put_back_by_hand(const std::string& name) {
    std::string id = make(name);
    each(name, [](Article& one) { one.standing = ports::Standing::kPublic; });
  }
  void count_views(const std::string& name, std::int64_t views) { each(name, [&](Article& one) { one.views = views; }); }

  std::vector<Article> articles() const {
    std::lock_guard lock(mutex_);
    std::vector<Article> list;
    for (const auto& [id, article] : articles_) list.push_back(article);
    return list;
  }
  int public_copies(const std::string& name) const {
    std::vector<Article> all = articles();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const Article& one) { return one.name == name && one.standing == ports::Standing::kPublic; }));
  }
  std::vector<std::string> asked() const {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  void forget_asked() {
    std::lock_guard lock(mutex_);
    asked_.clear();
  }
  int most_in_flight() const { return most_in_flight_; }
  /// Two public copies of one post at the same moment, ever.
  bool was_ever_doubled() const { return doubled_; }

  bool is_silent = false;      // nothing is done
  bool loses_answers = false;  // everything is done
  bool refuses = false;
  std::function<bool()> fails = [] { return false; };          // asked before each step: this one is not done, or its answer is lost
  std::function<void(const std::string&)> while_asked = [](const std::string&) {};  // during a call, before it does anything

 private:
  /// Counts who is at it, and keeps what was asked.
  class Call {
   public:
    Call(PlainPublisher& site, const std::string& what) : site_(site) {
      {
        std::lock_guard lock(site.mutex_);
        site.asked_.push_back(what);
        site.most_in_flight_ = std::max(site.most_in_flight_, ++site.in_flight_);
      }
      site.while_asked(what);
    }
    ~Call() {
      std::lock_guard lock(site_.mutex_);
      --site_.in_flight_;
    }
    Call(const Call&) = delete;

   private:
    PlainPublisher& site_;
  };

  static Error silence() { return {ErrorCode::kUnavailable, {"http_out.no_answer"}, "made to fail"}; }
  Result<void> step() {
    if (is_silent || fails()) return silence();
    if (refuses) return Error{ErrorCode::kInvalid, {"copy_problem.refused"}, "made to refuse"};
    return {};
  }
  Result<void> answer() { return loses_answers || fails() ? Result<void>(silence()) : Result<void>(); }

  std::string find(const ports::CopyKey& key) const {
    std::lock_guard lock(mutex_);
    if (articles_.count(key.reference)) return key.reference;
    for (const auto& [id, article] : articles_) {
      if (article.name == ports::copy_name(key.post)) return id;
    }
    return {};
  }
  std::string make(const std::string& name) {
    std::lock_guard lock(mutex_);
    std::string id = std::to_string(++last_);
    articles_[id].name = name;
    return id;
  }
  void show(const std::string& id, const model::Post& post) {
    std::lock_guard lock(mutex_);
    Article& article = articles_[id];
    article.title = post.title;
    article.html = ports::copy_html(post);
    article.standing = ports::Standing::kPublic;
    article.shelf = post.shelf;
    int shown = 0;
    for (const auto& [other, one] : articles_) shown += one.name == article.name && one.standing == ports::Standing::kPublic ? 1 : 0;
    doubled_ = doubled_ || shown > 1;
  }
  void shelve(const std::string& id, model::Shelf shelf) {
    std::lock_guard lock(mutex_);
    articles_[id].shelf = shelf;
  }
  void remove(const std::string& id) {
    std::lock_guard lock(mutex_);
    articles_.erase(id);
  }
  Article at(const std::string& id) const {
    std::lock_guard lock(mutex_);
    return articles_.at(id);
  }
  ports::CopySeen seen(const std::string& id) const {
    Article one = at(id);
    return {one.standing, id, "https://plain.example/" + id, ports::copy_digest(one.title, one.html), one.views};
  }
  void each(const std::string& name, const std::function<void(Article&)>& change) {
    std::lock_guard lock(mutex_);
    for (auto& [id, article] : articles_) {
      if (article.name == name) change(article);
    }
  }

  mutable std::mutex mutex_;
  std::map<std::string, Article> articles_;
  std::vector<std::string> asked_;
  int last_ = 0, in_flight_ = 0, most_in_flight_ = 0;
  bool doubled_ = false;
};

}  // namespace shide::testing
