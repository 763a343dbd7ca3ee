// One request being answered: everything a handler needs, and the short ways to answer.
//
//     Result<Response> show_visit(ports::Ports& ports, Call& call) {
//       SHIDE_TRY(id, call.id<Visit>("id"));                       // not a UUID: "not found"
//       SHIDE_TRY(visit, load_visit(ports, call.actor(), id));
//       return call.page("visit", {{"title", visit.title}, ...});
//     }
//     Result<Response> save_visit(ports::Ports& ports, Call& call) {
//       ... if (auto* error = saved.if_error()) return call.page("visit", with_fields(call, error->problems), 422);
//       return call.redirect("/visits/" + id.value);
//     }
//
// An Error that a handler returns becomes a page, or problem+json below /api. The body has been read and, for forms, parsed; the
// CSRF token has been checked. Used by one thread.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/school.h"
#include "web/address.h"
#include "web/fields.h"
#include "web/form.h"
#include "web/frame.h"
#include "web/http.h"
#include "web/router.h"

namespace shide::web {

class Metrics;

class Call {
 public:
  const Request& request() const { return *request_; }
  const model::Actor& actor() const { return actor_; }
  /// The school of the reader; empty before there is one.
  const model::School& school() const { return school_; }
  Language language() const { return language_; }
  /// The moment of this request, by the application's clock: the demo's day, in the demo.
  Time now() const { return now_; }
  bool is_api() const { return is_api_; }
  /// The school's own site has a bridge that signs people in here.
  bool offers_site_sign_in() const { return offers_site_sign_in_; }
  const Metrics& metrics() const { return *metrics_; }

  /// A {parameter} of the route, decoded and checked; a name the pattern does not have is a bug and throws.
  const std::string& parameter(std::string_view name) const;
  /// The same as an id of a row; not_found() for what is no UUID.
  template <class T>
  Result<Id<T>> id(std::string_view name) const {
    if (!is_uuid(parameter(name))) return not_found();
    return Id<T>{parameter(name)};
  }
  /// ?name=value, decoded; empty when there is none.
  std::string_view query(std::string_view name) const;
  /// The one of ?school_year=, else today's.
  std::string school_year() const;
  /// ?limit=, between 1 and `most`; `most` when absent or not a number.
  std::int64_t limit(std::int64_t most = 100) const;

  const Form& form() const { return form_; }
  const std::string& body() const { return body_; }
  /// The body as JSON; kUnsupportedMedia unless it says it is.
  Result<nlohmann::json> json_body() const;
  /// The version of an If-Match header ("\"3\"" -> 3); kInvalid when it is missing or not a number.
  Result<std::int64_t> if_match() const;

  /// The page in its frame: `view` needs a "title". Adds the frame's values, which a view may override.
  Response page(std::string_view name, nlohmann::json view, int status = 200);
  /// The id of what a form will make: given with the page and kept through refusals, so that sending it twice makes one thing.
  std::string new_id(std::string_view field) const;
  /// {"items": [...], "next": cursor or null}: one page of `items` by ?after= and ?limit=; `key` names the field that is the cursor.
  Result<Response> list(const nlohmann::json& items, std::string_view key = "id") const;
  /// A body for programs, with a line break at the end.
  Response json(const nlohmann::json& body, int status = 200) const;
  /// A file to keep: its bytes and the name it gets on the reader's disk (may be Chinese).
  Response download(std::string bytes, std::string_view content_type, std::string_view file_name) const;
  /// 303 to a path below the mount prefix.
  Response redirect(std::string_view path) const;
  /// What a page about a campaign answers to `error`: before there is one, the way to the plans, where it begins.
  Result<Response> before_campaign(const Error& error) const;
  /// The address of a path of ours, for links: the mount prefix before it.
  std::string link(std::string_view path) const { return request_->mount_prefix + std::string(path); }

  std::string say(const Phrase& phrase) const { return render(phrase, language_); }
  /// For views of forms: what was typed and what is wrong with it.
  Fields fields() const { return Fields(language_); }
  Fields fields(const std::vector<Problem>& problems) const { return Fields(language_, form_, problems); }
  /// The token of hidden fields; pages carry it as {{CSRF}} by themselves.
  const std::string& csrf();
  /// True once this answer holds a token: it belongs to one browser.
  bool holds_csrf() const { return !csrf_.empty(); }

 private:
  friend class Application;
  Request* request_ = nullptr;
  const Router* router_ = nullptr;
  const Metrics* metrics_ = nullptr;
  const Route* route_ = nullptr;  // null while an error is told
  model::Actor actor_;
  model::School school_;
  Language language_ = Language::kChinese;
  Time now_;
  bool is_api_ = false;
  bool demo_ = false;
  bool offers_site_sign_in_ = false;
  std::map<std::string, std::string, std::less<>> parameters_;
  Pairs query_;
  Form form_;
  std::string body_;
  std::string csrf_;
  std::string new_stranger_;  // the cookie to set, when a stranger's page carries a token
};

}  // namespace shide::web
