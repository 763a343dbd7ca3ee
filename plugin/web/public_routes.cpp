#include "web/public_routes.h"

#include <algorithm>

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/session.h"
#include "web/theme.h"
#include "workflow/campaign.h"
#include "workflow/overview.h"
#include "workflow/post.h"

namespace shide::web {
namespace {

constexpr std::int64_t kMostPosts = 1000;  // a school's ten years
constexpr std::size_t kVoicesBeside = 4;

using model::Post;
using model::PostKind;
using model::Shelf;
using nlohmann::json;

// Windows are shuffled by the campaign, so that a position is never a class and a reload never tells which one is new.
json windows(const workflow::VisitFigures& figures, const std::string& seed) {
  std::vector<char> lit(static_cast<std::size_t>(figures.chosen), 0);
  std::fill(lit.begin(), lit.begin() + std::min(figures.visited, figures.chosen), 1);
  std::uint64_t state = 1469598103934665603ull;
  for (unsigned char c : seed) state = (state ^ c) * 1099511628211ull;
  for (std::size_t i = lit.size(); i > 1; --i) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    std::swap(lit[i - 1], lit[(state >> 33) % i]);
  }
  json panes = json::array();
  for (char one : lit) panes.push_back({{"lit", one != 0}});
  return panes;
}

Progress progress_of(const model::Stage& stage, Date today) {
  if (stage.to && today > *stage.to) return Progress::kDone;
  if (stage.from && today < *stage.from) return Progress::kLater;
  if (!stage.from && stage.to && *stage.to - today > 6) return Progress::kLater;
  return Progress::kNow;
}

json stage_views(const visit::CampaignPlan& plan, Date today, Language language) {
  json stages = json::array();
  bool now_found = false;
  for (const model::Stage& stage : plan.stages) {
    std::string days = stage.from ? day_text(*stage.from, language) : "";
    if (stage.to && stage.to != stage.from) days += (days.empty() ? "" : "—") + day_text(*stage.to, language);
    Progress progress = progress_of(stage, today);
    if (progress == Progress::kNow && now_found) progress = Progress::kLater;
    now_found = now_found || progress == Progress::kNow;
    stages.push_back({{"name", stage.title}, {"days", days}, {"text", stage.description}, {"did", progress == Progress::kDone}, {"now", progress == Progress::kNow}});
  }
  return stages;
}

std::string shelf_name(const Call& call, Shelf shelf) { return call.say({"shelf." + std::string(model::code_of(shelf))}); }

std::string shelf_link(const Call& call, Shelf shelf) { return call.link("/?shelf=" + std::string(model::code_of(shelf))); }

std::string byline(const Call& call, const Post& post) {
  std::vector<std::string> parts;
  if (post.kind == PostKind::kDigest) parts.push_back(call.say({"public.digest_of", {{"count", post.visit_count}}}));
  if (!post.source.empty()) parts.push_back(call.say({"public.source", {{"source", post.source}}}));
  if (!post.publisher.empty()) parts.push_back(call.say({"public.publisher", {{"name", post.publisher}}}));
  if (post.published_at) parts.push_back(to_text(date_of(*post.published_at)));
  if (post.views) parts.push_back(call.say({"public.views", {{"count", *post.views}}}));
  return join(parts, " · ");
}

json post_item(const Call& call, const Post& post) {
  return {{"address", call.link("/posts/" + post.id.value)}, {"name", post.title}, {"quote", post.quote}, {"byline", byline(call, post)}};
}

json paragraphs(const std::string& body) {
  json list = json::array();
  for (std::string_view rest = body; !rest.empty();) {
    std::size_t end = rest.find("\n\n");
    std::string_view one = trim(rest.substr(0, end));
    if (!one.empty()) list.push_back(std::string(one));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 2);
  }
  return list;
}

/// The shelves that hold something, to choose one of them.
json shelf_links(const Call& call, const std::vector<Post>& posts, std::optional<Shelf> chosen) {
  json links = json::array();
  if (posts.empty()) return links;
  links.push_back({{"name", call.say({"shelf.all"})}, {"address", call.link("/")}, {"current", !chosen}});
  for (std::size_t i = 0; i < codes(Shelf{}).size(); ++i) {
    auto shelf = static_cast<Shelf>(i);
    bool holds = std::any_of(posts.begin(), posts.end(), [&](const Post& post) { return post.shelf == shelf; });
    if (holds) links.push_back({{"name", shelf_name(call, shelf)}, {"address", shelf_link(call, shelf)}, {"current", chosen == shelf}});
  }
  return links;
}

Result<Response> show_face(ports::Ports& ports, Call& call) {
  SHIDE_TRY(posts, workflow::published_posts(ports, call.actor(), kMostPosts));
  auto chosen = model::from_code<Shelf>(call.query("shelf"));
  json view = {{"title", section_name(call.school(), call.language())}, {"posts", json::array()}, {"voices", json::array()}, {"campaign_shown", false},
               {"stages", json::array()}, {"basis", json::array()}, {"feed", call.link("/feed.xml")}};
  view["shelves"] = shelf_links(call, posts, chosen);
  for (const Post& post : posts) {
    bool is_voice = post.shelf == Shelf::kVoices;
    if (is_voice && view["voices"].size() < kVoicesBeside) view["voices"].push_back({{"voice", voice(post.quote, {.answer = post.body})}});
    if (chosen ? post.shelf == *chosen : !is_voice) view["posts"].push_back(post_item(call, post));
  }
  view["shelves_shown"] = !view["shelves"].empty();
  view["voices_shown"] = !view["voices"].empty();
  view["empty"] = view["posts"].empty() ? empty_state(call.say({"public.empty"}), call.say({"public.empty_what"})) : json();
  auto campaign = workflow::current_campaign(ports, call.actor());
  if (!campaign) return call.page("public", std::move(view));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), campaign->id));
  SHIDE_TRY(figures, workflow::campaign_figures(ports, call.actor().school, campaign->id));
  view["campaign_shown"] = true;
  view["year_line"] = campaign->title;
  std::size_t comma = campaign->theme.find("\xEF\xBC\x8C");  // U+FF0C: the theme breaks behind its comma
  view["theme_first"] = comma == std::string::npos ? campaign->theme : campaign->theme.substr(0, comma + 3);
  view["theme_second"] = comma == std::string::npos ? "" : campaign->theme.substr(comma + 3);
  view["visited"] = figures.visits.visited;
  view["figures_line"] = call.say({"public.figures", {{"classes", figures.visits.chosen}, {"teachers", figures.teachers}}});
  view["windows"] = windows(figures.visits, campaign->id.value);
  view["windows_label"] = call.say({"public.windows", {{"all", figures.visits.chosen}, {"lit", figures.visits.visited}}});
  view["stages"] = stage_views(plan, date_of(call.now()), call.language());
  for (const auto& document : plan.basis) view["basis"].push_back({{"name", document.title}});
  return call.page("public", std::move(view));
}

bool is_watcher(const Call& call) { return call.request().header("user-agent").starts_with(ports::kWatcher); }

Result<Response> show_post(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  SHIDE_TRY(post, workflow::open_post(ports, call.actor(), id));
  if (!is_watcher(call)) workflow::count_view(ports, call.actor(), id);
  SHIDE_TRY(all, workflow::published_posts(ports, call.actor(), kMostPosts));
  std::erase_if(all, [&](const Post& one) { return one.shelf != post.shelf; });
  json view = {{"title", post.title}, {"quote", post.quote}, {"byline", byline(call, post)}, {"paragraphs", paragraphs(post.body)}, {"newer", nullptr}, {"older", nullptr},
               {"shelf", shelf_name(call, post.shelf)}, {"shelf_address", shelf_link(call, post.shelf)}, {"section", section_name(call.school(), call.language())}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].id != post.id) continue;
    if (i > 0) view["newer"] = post_item(call, all[i - 1]);
    if (i + 1 < all.size()) view["older"] = post_item(call, all[i + 1]);
  }
  return call.page("post", std::move(view));
}

std::string base_address(const Call& call, const std::string& configured) {
  if (!configured.empty()) return configured;
  std::string host(call.request().header("host"));
  return (call.request().is_tls ? "https://" : "http://") + host + call.request().mount_prefix;
}

Result<Response> show_feed(ports::Ports& ports, Call& call, const std::string& configured) {
  SHIDE_TRY(posts, workflow::published_posts(ports, call.actor(), 20));
  std::string base = base_address(call, configured);
  json view = {{"title", section_name(call.school(), call.language())}, {"base", base}, {"updated", posts.empty() ? to_text(call.now()) : to_text(*posts.front().published_at)}, {"entries", json::array()}};
  for (const Post& post : posts) {
    view["entries"].push_back({{"id", "urn:uuid:" + post.id.value}, {"address", base + "/posts/" + post.id.value}, {"name", post.title},
                               {"updated", to_text(post.published_at.value_or(call.now()))}, {"author", post.publisher}, {"summary", post.quote}});
  }
  Response response = call.page("feed", std::move(view));
  set_header(response, "Content-Type", "application/atom+xml; charset=utf-8");
  return response;
}

/// The same for a bridge in the school's own site, which may not be able to read XML.
Result<Response> list_posts(ports::Ports& ports, Call& call) {
  SHIDE_TRY(posts, workflow::published_posts(ports, call.actor(), 20));
  json items = json::array();
  for (const Post& post : posts) {
    items.push_back({{"id", post.id.value}, {"title", post.title}, {"publisher", post.publisher}, {"published_on", to_text(date_of(post.published_at.value_or(call.now())))}});
  }
  return call.json({{"items", std::move(items)}, {"next", nullptr}});
}

Result<Response> ready(ports::Ports& ports, Call& call) {
  auto state = ports.store->ready();
  if (!state) return call.json({{"status", "not ready"}}, 503);
  return call.json({{"status", "ready"}});
}

}  // namespace

std::vector<Route> public_routes(ports::Ports& ports, const std::string& public_base_url, const std::vector<std::string>& theme_origins) {
  auto themes = std::make_shared<Themes>(ports, theme_origins);
  auto in_theme = [&ports, themes](Result<Response> (*handler)(ports::Ports&, Call&)) {
    return [&ports, themes, handler](Call& call) -> Result<Response> {
      SHIDE_TRY(page, handler(ports, call));
      return themes->around(call, std::move(page));
    };
  };
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  return {
      {Method::kGet, "/", public_(), in_theme(show_face)},
      {Method::kGet, "/posts/{id}", public_(), in_theme(show_post)},
      {Method::kGet, "/theme.css", public_(), [themes](Call& call) { return themes->style(call); }},
      {Method::kGet, "/feed.xml", public_(), [&ports, public_base_url](Call& call) { return show_feed(ports, call, public_base_url); }},
      {Method::kGet, "/api/v1/public/posts", public_(), bound(list_posts)},
      {.method = Method::kGet, .pattern = "/ready", .permission = public_(), .handler = bound(ready), .asks_who = false},
  };
}

}  // namespace shide::web
