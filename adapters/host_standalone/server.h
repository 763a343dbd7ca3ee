// Poco's HTTP server around the door: its own threads, bounded connections, bodies handed on as they come.
#pragma once

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include <memory>
#include <string>

#include "door/shide.h"
#include "host_standalone/access_log.h"
#include "host_standalone/connections.h"

namespace shide::host_standalone {

class Server {
 public:
  struct Settings {
    std::string address;
    int port = 0;
    int threads = 128;
    Connections::Limits limits;
  };

  /// Listens and answers from now on. Throws Poco::Exception when the address cannot be had. `section` and `log` must
  /// outlive the server.
  Server(Settings settings, shide_section* section, const AccessLog& log);
  ~Server();

  int port() const;
  /// To be called a few times a second.
  void sweep();
  /// No new connection; those that wait are shut, requests under way get `grace` to end, then they are shut, too.
  void stop(std::chrono::seconds grace);

 private:
  Connections connections_;
  Poco::ThreadPool threads_;
  Poco::Net::ServerSocket socket_;
  std::unique_ptr<Poco::Net::TCPServer> server_;
  bool stopped_ = false;
};

}  // namespace shide::host_standalone
