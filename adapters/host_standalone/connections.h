// Who is connected, and for how long: what keeps slow or idle clients from holding every thread. Poco gives each connection a
// thread and, left alone, stops answering at 16 idle sockets.
//
// A connection is waiting (for a request, or for the rest of its head) or answering. The sweep, a few times a second, shuts
// those that wait too long and those whose request takes too long; a shut socket ends the blocked read of its thread. When
// room is short, whoever has been waiting longest goes first: a whole school behind one address is never locked out by its
// idle browsers, nor by somebody who opens sockets and says nothing.
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>

namespace shide::host_standalone {

class Connections {
 public:
  struct Limits {
    std::chrono::seconds waiting{8};     // for a whole head
    std::chrono::seconds answering{60};  // reading the body and writing the answer, with a minute more for each MiB of body
    int per_peer = 64;                   // 0: no limit
    std::string unlimited_peer;          // the proxy in front
  };
  struct Connection {
    Poco::Net::StreamSocket socket;
    std::string peer;
    std::chrono::steady_clock::time_point since;
    std::chrono::steady_clock::time_point deadline;
    bool waiting = true;
    bool shut = false;
  };
  using Handle = std::list<Connection>::iterator;

  explicit Connections(Limits limits) : limits_(std::move(limits)) {}

  /// Registers, shutting the peer's longest waiting connection when it holds as many as it may; false when all of those are
  /// answering. A registered one must leave.
  bool enter(const Poco::Net::StreamSocket& socket, Handle& handle);
  void leave(Handle handle);
  /// A request has arrived whole but for its body of `body_bytes`; afterwards the connection waits again.
  void begin_answer(Handle handle, std::int64_t body_bytes);
  void end_answer(Handle handle);

  /// Shuts what is past its time, and the longest waiting for as many as stand in the queue for a thread.
  void sweep(int queued);
  /// Ends: shuts those that only wait, later also those that answer; nobody enters any more.
  void shut(bool also_answering);
  std::size_t count() const;

 private:
  void shut(Connection& connection);
  void forget(const std::string& peer);
  bool shut_longest_waiting(const std::string* peer);
  Limits limits_;
  bool ending_ = false;  // guarded by mutex_
  mutable std::mutex mutex_;
  std::list<Connection> connections_;  // guarded by mutex_, as all below; the newest first
  std::map<std::string, int> by_peer_;  // those that are not shut
};

/// The connection that the calling thread serves: set by the server, read by the handler.
Connections::Handle& current_connection();

}  // namespace shide::host_standalone
