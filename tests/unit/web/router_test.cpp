// Which route answers, and for whom a route does not exist.
#include "web/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "web/call.h"

namespace shide::web {
namespace {

using model::Actor;
using model::Role;

Result<Response> nothing(Call&) { return Response{}; }

Actor with_roles(std::set<Role> list) {
  Actor actor;
  actor.account = {"a"};
  actor.roles = std::move(list);
  return actor;
}

Actor with_scope(std::string scope) {
  Actor actor;
  actor.scopes = {std::move(scope)};
  return actor;
}

Router a_router() {
  return Router({
      {Method::kGet, "/", public_(), nothing},
      {Method::kGet, "/visits/{id}", signed_in(), nothing},
      {Method::kGet, "/visits/new", signed_in(), nothing},
      {Method::kPost, "/visits/{id}", roles({Role::kTeacher}), nothing},
      {Method::kGet, "/visits/{id}/photos/{slot}", signed_in(), nothing},
      {Method::kGet, "/api/v1/archive-entries", roles({Role::kHr}).or_scope("archive:read"), nothing},
      {Method::kGet, "/f/{token}", family(), nothing},
  });
}

template <class... Parts>
concept MakesARoute = requires(Parts... parts) { Route{parts...}; };
static_assert(MakesARoute<Method, const char*, Permission, Handler>);
static_assert(!MakesARoute<Method, const char*>, "a route without a permission must not compile");
static_assert(!MakesARoute<Method, const char*, Handler>, "a route without a permission must not compile");
static_assert(!std::is_default_constructible_v<Permission>);

TEST(Router, FindsLiteralsBeforeParametersAndGivesTheirValues) {
  Router router = a_router();
  Match match = router.find("GET", "/visits/new", with_roles({}));
  ASSERT_EQ(match.kind, Match::Kind::kRoute);
  EXPECT_EQ(match.route->pattern, "/visits/new");
  match = router.find("GET", "/visits/%E4%B8%89/photos/2", with_roles({}));
  ASSERT_EQ(match.kind, Match::Kind::kRoute);
  EXPECT_EQ(match.parameters["id"], "三");
  EXPECT_EQ(match.parameters["slot"], "2");
}

TEST(Router, HeadIsAnsweredByGet) { EXPECT_EQ(a_router().find("HEAD", "/", {}).kind, Match::Kind::kRoute); }

TEST(Router, ARouteTheActorMayNotUseDoesNotExist) {
  Router router = a_router();
  EXPECT_EQ(router.find("GET", "/api/v1/archive-entries", with_roles({Role::kTeacher})).kind, Match::Kind::kNotFound);
  EXPECT_EQ(router.find("GET", "/api/v1/archive-entries", with_scope("other")).kind, Match::Kind::kNotFound);
  EXPECT_EQ(router.find("GET", "/api/v1/archive-entries", with_scope("archive:read")).kind, Match::Kind::kRoute);
  EXPECT_EQ(router.find("GET", "/api/v1/archive-entries", with_roles({Role::kHr})).kind, Match::Kind::kRoute);
  EXPECT_EQ(router.find("GET", "/nothing", with_roles({Role::kHr})).kind, Match::Kind::kNotFound);
}

TEST(Router, AStrangerIsAskedToSignInOnlyWhereThatHelps) {
  Router router = a_router();
  EXPECT_EQ(router.find("GET", "/visits/1", {}).kind, Match::Kind::kSignInFirst);
  EXPECT_EQ(router.find("GET", "/nothing", {}).kind, Match::Kind::kNotFound);
  EXPECT_EQ(router.find("GET", "/f/abc", {}).kind, Match::Kind::kRoute);
}

TEST(Router, AnotherMethodIsNamedOnlyToWhomItIsOpen) {
  Router router = a_router();
  Match match = router.find("DELETE", "/visits/1", with_roles({Role::kTeacher}));
  EXPECT_EQ(match.kind, Match::Kind::kWrongMethod);
  EXPECT_EQ(match.allow, "GET, HEAD, POST");
  EXPECT_EQ(router.find("DELETE", "/visits/1", with_roles({Role::kHr})).allow, "GET, HEAD");
  EXPECT_EQ(router.find("POST", "/visits/1", with_roles({Role::kHr})).kind, Match::Kind::kWrongMethod);
  EXPECT_EQ(router.find("DELETE", "/api/v1/archive-entries", with_roles({Role::kTeacher})).kind, Match::Kind::kNotFound);
}

TEST(Router, AStrangerIsToldOfTheMethodsThatAreOpenAndAskedToSignInForTheOthers) {
  Router router({{Method::kGet, "/rules", public_(), nothing}, {Method::kPost, "/rules", signed_in(), nothing}});
  EXPECT_EQ(router.find("POST", "/rules", {}).kind, Match::Kind::kSignInFirst);
  EXPECT_EQ(router.find("DELETE", "/rules", {}).kind, Match::Kind::kWrongMethod);
  EXPECT_EQ(router.find("DELETE", "/rules", {}).allow, "GET, HEAD");
}

TEST(Router, RefusesRoutesThatWouldHideEachOther) {
  EXPECT_THROW(Router({{Method::kGet, "/a/{x}", public_(), nothing}, {Method::kGet, "/a/{y}", public_(), nothing}}), std::logic_error);
  EXPECT_THROW(Router({{Method::kGet, "/a/{x}", public_(), nothing}, {Method::kPost, "/a/{y}", public_(), nothing}}), std::logic_error);
  EXPECT_THROW(Router({{Method::kGet, "a", public_(), nothing}}), std::logic_error);
  EXPECT_THROW(Router({{Method::kGet, "/a{x}", public_(), nothing}}), std::logic_error);
  EXPECT_THROW(Router({{Method::kGet, "/a", public_(), Handler{}}}), std::logic_error);
}

TEST(Permission, SaysWhoMay) {
  EXPECT_EQ(roles({Role::kHr}).or_scope("archive:read").to_text(), "roles: hr or scope archive:read");
  EXPECT_TRUE(signed_in().allows(with_roles({})));
  EXPECT_FALSE(signed_in().allows(with_scope("archive:read")));
  EXPECT_FALSE(signed_in().allows({}));
  EXPECT_FALSE(roles({}).allows(with_roles({Role::kHead})));
  EXPECT_FALSE(api_scope("archive:read").allows(with_roles({Role::kHr})));
}

}  // namespace
}  // namespace shide::web
