// One opened section in C++: what hides behind `struct shide_section`. door.cpp is only its translation to C.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "console/program.h"
#include "door/config.h"
#include "door/log.h"
#include "ports/ports.h"
#include "web/application.h"
#include "web/http.h"

namespace shide::door {

/// What open was given, in C++.
struct Opening {
  std::string config_path;
  std::string data_directory;
  std::vector<std::pair<std::string, std::string>> options;
};

/// The file, then the data directory, then the single options; checked together.
Result<Config> read_config(const Opening& opening);

class Section {
 public:
  explicit Section(Config config, HostLog host_log = {});

  const Config& config() const { return config_; }
  const Log& log() const { return log_; }

  /// kInvalid when it is started already.
  Result<void> start();
  /// Waits for every Use under way, then lets go of everything.
  void stop();

  /// `request.path` is still the whole path of the wire. Throws what the application throws.
  web::Response handle(web::Request& request, bool has_mount);

  /// Does what is due by the section's clock, as far as no other process holds the lease. kUnavailable when not started.
  Result<void> tick();

  /// Keeps the section from stopping; `ports` is null when it is not started.
  struct Use {
    std::shared_lock<std::shared_mutex> lock;
    ports::Ports* ports = nullptr;
    const web::Application* application = nullptr;
    std::string_view holder;  // of leases: this section since its start
  };
  Use use();

 private:
  struct Running {
    std::unique_ptr<ports::Ports> ports;
    std::unique_ptr<web::Application> application;
    std::string holder;
  };

  Config config_;
  Log log_;
  std::atomic<bool> stopping_ = false;
  std::shared_mutex mutex_;           // shared by whoever uses running_, exclusive to start and stop
  std::unique_ptr<Running> running_;  // guarded by mutex_
};

/// The environment of commands: the section's own ports when it has one and nothing else was asked for.
class CommandEnvironment : public console::Environment {
 public:
  explicit CommandEnvironment(Section* section) : section_(section) {}
  Result<ports::Ports*> open(const console::Whereabouts& whereabouts) override;
  ports::Ports& ports() override;
  std::string option(std::string_view name) const override;
  std::vector<console::OptionLine> options(Language language) const override;

 private:
  Section* section_;
  Section::Use use_;
  std::unique_ptr<Config> config_;
  std::unique_ptr<ports::Ports> own_;
  ports::Ports* ports_ = nullptr;
};

}  // namespace shide::door
