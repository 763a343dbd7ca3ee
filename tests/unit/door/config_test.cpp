#include "door/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>

namespace shide::door {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string problem_of(std::string_view text) {
  Result<Config> config = load_config(text, "shide.info");
  if (config.ok()) return "(no problem)";
  const Error& error = config.error();
  EXPECT_EQ(error.code, ErrorCode::kConfiguration);
  if (error.problems.empty()) return render(error.phrase, Language::kEnglish);
  return error.problems.front().path + ": " + render(error.problems.front().phrase, Language::kEnglish);
}

/// A file of the test's own, removed at the end.
class ScratchFile {
 public:
  ScratchFile(std::string_view bytes, mode_t mode) {
    char name[] = "/tmp/shide-config-test-XXXXXX";
    close(mkstemp(name));
    path_ = name;
    std::ofstream(path_, std::ios::binary) << bytes;
    chmod(name, mode);
  }
  ~ScratchFile() { unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Config, HasEveryOptionAtItsDefault) {
  Config config = Config::defaults();
  EXPECT_EQ(config.text("store.kind"), "sqlite");
  EXPECT_EQ(config.number("server.port"), 8090);
  EXPECT_EQ(config.text("server.address"), "127.0.0.1");
  EXPECT_FALSE(config.flag("demo.enabled"));
  EXPECT_EQ(config.database_path(), "/var/lib/shide/shide.db");
  EXPECT_TRUE(config.check_together().ok());
}

TEST(Config, TakesWhatTheFileSays) {
  Result<Config> config = load_config("store {\n  path /srv/a.db\n}\nserver { port 8091 mount \"\" }\nidentity { trust_host on }", "f");
  ASSERT_TRUE(config.ok()) << config.error().detail;
  EXPECT_EQ(config->database_path(), "/srv/a.db");
  EXPECT_EQ(config->number("server.port"), 8091);
  EXPECT_EQ(config->text("server.mount"), "");
  EXPECT_TRUE(config->flag("identity.trust_host"));
}

TEST(Config, AnEmptyFileIsTheDefaults) { EXPECT_TRUE(load_config("", "f").ok()); }

TEST(Config, NamesTheLineOfAnUnknownOptionAndTheOneThatWasMeant) {
  EXPECT_EQ(problem_of("; mine\nstore {\n  knid sqlite\n}"), "shide.info:3: store.knid is not an option; did you mean store.kind?");
  EXPECT_EQ(problem_of("weather sunny"), "shide.info:1: weather is not an option. shidectl help options lists them all.");
  EXPECT_EQ(problem_of("stroe { kind sqlite }"), "shide.info:1: stroe.kind is not an option; did you mean store.kind?");
}

TEST(Config, TellsAllProblemsAtOnce) {
  Result<Config> config = load_config("server {\n port 70000\n address somewhere\n}\nlog { level loud }", "f");
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.error().problems.size(), 3u);
}

TEST(Config, RefusesValuesThatDoNotFit) {
  EXPECT_THAT(problem_of("server { port 65536 }"), HasSubstr("from 0 to 65535"));
  EXPECT_THAT(problem_of("server { port 80.5 }"), HasSubstr("whole number"));
  EXPECT_THAT(problem_of("server { port \"\" }"), HasSubstr("whole number"));
  EXPECT_THAT(problem_of("demo { enabled yes }"), HasSubstr("on or off"));
  EXPECT_THAT(problem_of("store { kind mysql }"), HasSubstr("sqlite, postgresql"));
  EXPECT_THAT(problem_of("server { mount shide/ }"), HasSubstr("begins with a slash"));
  EXPECT_THAT(problem_of("server { mount \"/a b\" }"), HasSubstr("begins with a slash"));
  EXPECT_THAT(problem_of("server { address \"\" }"), HasSubstr("IP address"));
  EXPECT_THAT(problem_of("section { public_base_url javascript:alert(1) }"), HasSubstr("http://"));
  EXPECT_THAT(problem_of("section { public_base_url \"https://a.example/<b>\" }"), HasSubstr("http://"));
  EXPECT_THAT(problem_of("demo { today tomorrow }"), HasSubstr("2021-01-24 20:30"));
  EXPECT_THAT(problem_of("store { kind sqlite kind sqlite }"), HasSubstr("twice"));
  EXPECT_THAT(problem_of("store { kind { sqlite } }"), HasSubstr("without braces"));
  EXPECT_THAT(problem_of("log { path \"" + std::string(5000, 'x') + "\" }"), HasSubstr("4096"));
}

TEST(Config, RefusesWhatOnlyShowsTogether) {
  EXPECT_THAT(problem_of("demo { enabled on }\nserver { address 0.0.0.0 }"), HasSubstr("loopback"));
  EXPECT_THAT(problem_of("demo { today \"2021-01-24 20:30\" }"), HasSubstr("demo.enabled"));
  EXPECT_THAT(problem_of("store { kind postgresql }"), HasSubstr("store.connection"));
  EXPECT_EQ(problem_of("demo { enabled on today \"2021-01-24 20:30\" }"), "(no problem)");
}

TEST(Config, NeverReadsAnotherFileByInclude) { EXPECT_THAT(problem_of("#include \"/etc/passwd\""), Not(HasSubstr("no problem"))); }

TEST(Config, SecretsComeFromFilesThatOthersCannotRead) {
  ScratchFile secret("p ss word\n", 0640);
  ScratchFile open_secret("password", 0644);
  ScratchFile large(std::string(5000, 'x'), 0600);
  Config config = Config::defaults();
  EXPECT_EQ(*config.secret("store.connection_password_file"), "");
  ASSERT_TRUE(config.set("store.connection_password_file", secret.path()).ok());
  EXPECT_EQ(*config.secret("store.connection_password_file"), "p ss word");
  ASSERT_TRUE(config.set("store.connection_password_file", open_secret.path()).ok());
  EXPECT_FALSE(config.secret("store.connection_password_file").ok());
  ASSERT_TRUE(config.set("store.connection_password_file", large.path()).ok());
  EXPECT_FALSE(config.secret("store.connection_password_file").ok());
  ASSERT_TRUE(config.set("store.connection_password_file", "/nowhere/at/all").ok());
  EXPECT_FALSE(config.secret("store.connection_password_file").ok());
}

// A key that cannot be used is told when the configuration is read, not when the first teacher comes.
TEST(Config, TheKeyOfTheSiteIsTriedAtOnce) {
  const std::string site = "site { bridge_url \"https://www.example.edu.cn/\" ticket_key_file \"";
  ScratchFile good("0123456789abcdef0123456789abcdef\n", 0640), open_to_all("0123456789abcdef0123456789abcdef", 0644), short_one("0123456789\n\n\n", 0600);
  EXPECT_EQ(problem_of(site + good.path() + "\" }"), "(no problem)");
  EXPECT_THAT(problem_of(site + open_to_all.path() + "\" }"), HasSubstr("chmod o-r"));
  EXPECT_THAT(problem_of(site + short_one.path() + "\" }"), HasSubstr("at least 32 characters"));
  EXPECT_THAT(problem_of(site + "/nowhere/site.key\" }"), HasSubstr("/nowhere/site.key"));
  EXPECT_THAT(problem_of("site { ticket_key_file \"" + good.path() + "\" }"), HasSubstr("site.bridge_url"));
}

TEST(Config, OfTheSiteOnlyHostsGoIntoTheSecurityHeader) {
  EXPECT_THAT(problem_of("site { theme on }"), HasSubstr("site.bridge_url"));
  const std::string site = "site { bridge_url \"https://www.example.edu.cn/wp/\" theme on theme_sources \"";
  EXPECT_EQ(problem_of(site + "https://static.example.edu.cn http://127.0.0.1:8080\" }"), "(no problem)");
  for (const char* wrong : {"https://a.example/path", "https://a.example;script-src", "'unsafe-inline'", "*", "data:", "https://a.example,b"}) {
    EXPECT_THAT(problem_of(site + wrong + "\" }"), HasSubstr("site.theme_sources")) << wrong;
  }
  EXPECT_THAT(problem_of("site { bridge_url \"https://a.example;script-src\" }"), HasSubstr("http://"));
}

// The password goes along with every call, so what could give it away is refused before the first one.
TEST(Config, TheSiteThatGetsCopiesIsTriedAtOnce) {
  ScratchFile good("abcd efgh ijkl mnop qrst uvwx\n", 0640), open_to_all("abcd efgh ijkl mnop qrst uvwx", 0644), short_one("secret", 0600);
  auto publisher = [](const std::string& url, const std::string& file, const std::string& more) {
    return "publisher { kind wordpress url \"" + url + "\" password_file \"" + file + "\" " + more + " }";
  };
  const std::string site = "https://www.example.edu.cn/wp/", user = "user publisher";
  EXPECT_EQ(problem_of(publisher(site, good.path(), user)), "(no problem)");
  EXPECT_EQ(problem_of(publisher("http://127.0.0.1:8080/", good.path(), user)), "(no problem)");
  EXPECT_THAT(problem_of(publisher("http://www.example.edu.cn/", good.path(), user)), HasSubstr("https://"));
  EXPECT_THAT(problem_of(publisher("http://127.0.0.1.example.cn/", good.path(), user)), HasSubstr("https://")) << "a name that only begins so";
  EXPECT_THAT(problem_of(publisher(site, good.path(), "")), HasSubstr("publisher.user"));
  EXPECT_THAT(problem_of(publisher("", good.path(), user)), HasSubstr("publisher.url"));
  EXPECT_THAT(problem_of(publisher(site, "", user)), HasSubstr("publisher.password_file"));
  EXPECT_THAT(problem_of(publisher(site, open_to_all.path(), user)), HasSubstr("chmod o-r"));
  EXPECT_THAT(problem_of(publisher(site, short_one.path(), user)), HasSubstr("application password"));
  EXPECT_THAT(problem_of(publisher(site, "/nowhere/site.password", user)), HasSubstr("/nowhere/site.password"));
  EXPECT_THAT(problem_of(publisher(site, good.path(), user + " ca_file /nowhere/ca.pem")), HasSubstr("/nowhere/ca.pem"));
  EXPECT_THAT(problem_of("publisher { kind sscms url \"" + site + "\" password_file \"" + good.path() + "\" }"), HasSubstr("publisher.category"));
  EXPECT_THAT(problem_of("publisher { kind drupal }"), HasSubstr("wordpress"));
}

TEST(Config, TheAuthorityOfTheSiteMustBeThere) {
  ScratchFile authority("-----BEGIN CERTIFICATE-----\n", 0644);
  EXPECT_EQ(problem_of("site { ca_file \"" + authority.path() + "\" }"), "(no problem)");
  EXPECT_THAT(problem_of("site { ca_file /nowhere/ca.pem }"), HasSubstr("/nowhere/ca.pem of site.ca_file cannot be read"));
}

TEST(Config, SaysWhichFileCannotBeRead) {
  EXPECT_THAT(load_config_file("/nowhere/shide.info").error().detail, HasSubstr("/nowhere/shide.info"));
  EXPECT_FALSE(load_config_file("/dev/zero").ok());
}

TEST(Config, AskingForAnOptionThatIsNotThereIsABug) { EXPECT_THROW(Config::defaults().text("store.knid"), std::logic_error); }

TEST(Options, EachHasAMeaningInBothLanguagesAndADefaultThatFits) {
  std::set<std::string> names;
  for (const Option& option : options()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_THAT(option.meaning_zh, Not(IsEmpty())) << option.name;
    EXPECT_THAT(option.meaning_en, Not(IsEmpty())) << option.name;
    Config config = Config::defaults();
    EXPECT_TRUE(config.set(option.name, option.default_value).ok()) << option.name;
  }
  EXPECT_GE(names.size(), 20u);
}

}  // namespace
}  // namespace shide::door
