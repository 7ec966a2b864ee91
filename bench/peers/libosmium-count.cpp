// Counts nodes, ways, relations, tags, way references and relation members of a file and bounds its nodes with libosmium.
#include <osmium/handler.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/osm/box.hpp>
#include <osmium/visitor.hpp>
#include <cstdint>
#include <cstdio>

struct Count : osmium::handler::Handler {
    uint64_t nodes = 0, ways = 0, relations = 0, tags = 0, refs = 0, members = 0;
    osmium::Box box;
    void node(const osmium::Node& n) { ++nodes; tags += n.tags().size(); box.extend(n.location()); }
    void way(const osmium::Way& w) { ++ways; tags += w.tags().size(); refs += w.nodes().size(); }
    void relation(const osmium::Relation& r) { ++relations; tags += r.tags().size(); members += r.members().size(); }
};

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    osmium::io::Reader reader{argv[1], osmium::io::read_meta::no};
    Count c;
    osmium::apply(reader, c);
    reader.close();
    std::printf("{\"nodes\":%ju,\"ways\":%ju,\"relations\":%ju,\"tags\":%ju,\"refs\":%ju,\"members\":%ju,\"box\":[%.7f,%.7f,%.7f,%.7f]}\n",
                uintmax_t(c.nodes), uintmax_t(c.ways), uintmax_t(c.relations), uintmax_t(c.tags), uintmax_t(c.refs), uintmax_t(c.members),
                c.box.bottom_left().lon(), c.box.bottom_left().lat(), c.box.top_right().lon(), c.box.top_right().lat());
}
