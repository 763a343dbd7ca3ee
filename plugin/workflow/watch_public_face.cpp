#include "workflow/watch_public_face.h"

#include <algorithm>
#include <deque>
#include <set>

#include "base/markup.h"
#include "base/text.h"
#include "privacy/leak.h"
#include "workflow/job.h"
#include "workflow/known_people.h"
#include "workflow/lease.h"
#include "workflow/post.h"
#include "workflow/public_tasks.h"

namespace shide::workflow {

using model::Post;
using ports::PublicAnswer;
using ports::PublicHost;
using ports::Query;
using ports::Unit;

namespace {

constexpr const char* kJob = "watch_public_face";

/// What one address told, in the words of PublicTask::found; empty: nothing.
using Found = std::string;

/// What is watched, as it stood when the round began.
struct Watched {
  privacy::Register known;
  std::vector<Post> posts;
};

std::string post_address(const Id<Post>& id) { return "/posts/" + id.value; }

Result<Watched> watched(ports::Ports& ports, const Id<model::School>& school) {
  return ports.store->read(job_actor(school, kJob), [&](Unit& unit) -> Result<Watched> {
    SHIDE_TRY(known, known_people(unit, school));
    SHIDE_TRY(posts, unit.of<Post>().list(Query<Post>{}.where(&Post::state, model::PostState::kPublished)));
    return Watched{std::move(known), std::move(posts)};
  });
}

// A picture we serve was cleaned before it was kept: whatever rides along tells something.
Found found_in_picture(ports::Ports& ports, const PublicAnswer& answer, const privacy::Register& known) {
  Found found = privacy::leak_words(privacy::find_leaks(answer.bytes, known));
  auto photo = ports.photo_reader->read(answer.bytes);
  if (photo && photo->traces != ports::PhotoTraces{}) found += (found.empty() ? "" : " ") + std::string("photo_traces 1");
  return found;
}

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

/// A text without the ids and tokens of links, forms and feeds: by chance their digits look like somebody's number.
std::string without_ids(std::string text) {
  constexpr std::size_t kShortestToken = 32;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i, letters = 0;
    for (; end < text.size() && (is_hexadecimal(text[end]) || text[end] == '-'); ++end) letters += text[end] >= 'a';
    bool is_id = end - i >= kShortestToken && letters > 0;
    if (is_id) std::fill(text.begin() + static_cast<long>(i), text.begin() + static_cast<long>(end), ' ');
    i = end + 1;
  }
  return text;
}

/// In what is shown and in what only the source says; told in both it is one.
Found found_in_text(const PublicAnswer& answer, const MarkupReading& reading, const privacy::Register& known) {
  privacy::Leaks leaks = privacy::find_leaks(without_ids(reading.shown), known);
  for (const std::string& source : {join(reading.hidden, "\n"), unescaped(answer.bytes)}) {
    for (auto [kind, count] : privacy::find_leaks(without_ids(source), known)) leaks[kind] = std::max(leaks[kind], count);
  }
  return privacy::leak_words(leaks);
}

bool is_picture(const PublicAnswer& answer) { return answer.content_type.starts_with("image/") && answer.content_type.find("svg") == std::string::npos; }

/// One round over one host: breadth first from where it starts, over what it links to below its root.
class Round {
 public:
  Round(ports::Ports& ports, PublicHost& host, const privacy::Register& known)
      : ports_(ports), host_(host), known_(known), root_(host.root()), path_(root_.substr(std::min(root_.find('/', after_scheme(root_)), root_.size()))), until_(ports.clock->now() + kLongestRound) {}

  void start_at(const std::string& address) {
    if (seen_.size() < kMostPublicAddresses && seen_.insert(address).second) waiting_.push_back(address);
  }

  /// Tells `on_found(address, found)` of every address that told of somebody, as it is met: a post that is withdrawn then is gone from
  /// the pages that come after. With `follow` what pages link to is looked at as well. A host that does not answer, or takes too long,
  /// is asked no further.
  template <class OnFound>
  Result<int> go(bool follow, OnFound&& on_found) {
    int told = 0;
    for (; !waiting_.empty() && ports_.clock->now() < until_; waiting_.pop_front()) {
      std::string address = waiting_.front();
      auto answer = host_.get(address);
      if (!answer) break;
      Found found = look(*answer, follow);
      if (found.empty()) continue;
      SHIDE_CHECK(on_found(address, found));
      ++told;
    }
    return told;
  }

 private:
  Found look(const PublicAnswer& answer, bool follow) {
    if (is_picture(answer)) return found_in_picture(ports_, answer, known_);
    MarkupReading reading = read_markup(answer.bytes);
    if (follow) {
      for (const std::string& link : reading.links) follow_link(link);
    }
    return found_in_text(answer, reading, known_);
  }

  // https://www.example.edu.cn/shide/posts/1, or /shide/posts/1 as our own pages write it.
  void follow_link(std::string_view link) {
    link = link.substr(0, link.find('#'));
    for (const std::string& begin : {root_, path_}) {
      if (link.starts_with(begin + "/")) return start_at(std::string(link.substr(begin.size())));
    }
  }

  static std::size_t after_scheme(const std::string& root) {
    std::size_t scheme = root.find("://");
    return scheme == std::string::npos ? 0 : scheme + 3;
  }

  ports::Ports& ports_;
  PublicHost& host_;
  const privacy::Register& known_;
  std::string root_, path_;
  Time until_;
  std::set<std::string> seen_;
  std::deque<std::string> waiting_;
};

const Post* post_at(const Watched& watched, std::string_view address) {
  for (const Post& post : watched.posts) {
    if (address == post_address(post.id)) return &post;
  }
  return nullptr;
}

Result<void> tell_office(ports::Ports& ports, const Id<model::School>& school, const Id<Post>& post, const std::string& address, const Found& found) {
  Time now = ports.clock->now();
  return ports.store->transact(job_actor(school, kJob), kJob, [&](Unit& unit) -> Result<void> {
    model::PublicTask task;
    task.school_id = school;
    task.post_id = post;
    task.address = address;
    task.found = found;
    return open_public_task(unit, std::move(task), now);
  });
}

Result<void> act_on(ports::Ports& ports, const Id<model::School>& school, const Watched& watched, const std::string& root, const std::string& address, const Found& found) {
  const Post* post = post_at(watched, address);
  if (post) {
    SHIDE_TRY(gone, withdraw_post(ports, job_actor(school, kJob), post->id, render({"public_task.withdrawn"}, Language::kChinese)));
    (void)gone;
  }
  return tell_office(ports, school, post ? post->id : Id<Post>{}, address.starts_with('/') ? root + address : address, found);
}

/// Posts first: once they are gone, what still tells is the page around them.
Result<int> watch_host(ports::Ports& ports, const Id<model::School>& school, PublicHost& host, const Watched& watched, const std::vector<Id<Post>>& posts, bool whole) {
  Round round(ports, host, watched.known);
  for (const Id<Post>& post : posts) round.start_at(post_address(post));
  round.start_at("/");
  round.start_at("/feed.xml");
  if (whole) {
    for (const std::string& other : host.other_addresses()) round.start_at(other);
  }
  return round.go(whole, [&](const std::string& address, const Found& found) { return act_on(ports, school, watched, host.root(), address, found); });
}

Result<int> watch_hosts(ports::Ports& ports, const Id<model::School>& school, const std::vector<Id<Post>>& only, bool whole) {
  SHIDE_TRY(now, watched(ports, school));
  std::vector<Id<Post>> posts = only;
  if (whole) {
    for (const Post& post : now.posts) posts.push_back(post.id);
  }
  int told = 0;
  for (const auto& host : ports.public_hosts) {
    SHIDE_TRY(count, watch_host(ports, school, *host, now, posts, whole));
    told += count;
  }
  return told;
}

}  // namespace

Result<int> watch_public_face(ports::Ports& ports) {
  if (ports.public_hosts.empty()) return 0;
  SHIDE_TRY(schools, ports.store->read(job_actor({}, kJob), [](Unit& unit) { return unit.of<model::School>().list(Query<model::School>{}); }));
  int told = 0;
  for (const model::School& school : schools) {
    SHIDE_TRY(is_due, take_turn(ports, school.id, kJob, kWatchEvery));
    if (!is_due) continue;
    SHIDE_TRY(count, watch_hosts(ports, school.id, {}, true));
    told += count;
  }
  return told;
}

Result<int> watch_post(ports::Ports& ports, const Id<model::School>& school, const Id<Post>& post) { return watch_hosts(ports, school, {post}, false); }

}  // namespace shide::workflow
