#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>

#include "web/hook_post.h"

/* RFC 6890, and multicast. */
static const struct {
	uint32_t network;
	int bits;
} not_public[] = {
	{ 0x00000000, 8 }, /* 0.0.0.0: this network */
	{ 0x0A000000, 8 }, /* 10.0.0.0 private */
	{ 0x64400000, 10 }, /* 100.64.0.0 shared */
	{ 0x7F000000, 8 }, /* 127.0.0.0 loopback */
	{ 0xA9FE0000, 16 }, /* 169.254.0.0 link-local */
	{ 0xAC100000, 12 }, /* 172.16.0.0 private */
	{ 0xC0000000, 24 }, /* 192.0.0.0 protocol assignments */
	{ 0xC0000200, 24 }, /* 192.0.2.0 documentation */
	{ 0xC0A80000, 16 }, /* 192.168.0.0 private */
	{ 0xC6120000, 15 }, /* 198.18.0.0 benchmarks */
	{ 0xC6336400, 24 }, /* 198.51.100.0 documentation */
	{ 0xCB007100, 24 }, /* 203.0.113.0 documentation */
	{ 0xE0000000, 3 }, /* 224.0.0.0 multicast, reserved, broadcast */
};

static bool
is_public_4(uint32_t address)
{
	for (size_t i = 0; i < sizeof not_public / sizeof not_public[0]; i++) {
		if ((address ^ not_public[i].network) >> (32 - not_public[i].bits) == 0) {
			return false;
		}
	}
	return true;
}

static uint32_t
number_4(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	    bytes[3];
}

/* Global unicast is 2000::/3; of it, documentation and what leads into IPv4
 * do not count. */
static bool
is_public_6(const unsigned char *bytes)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
	static const unsigned char translated[12] = { 0, 0x64, 0xFF, 0x9B };
	static const unsigned char documentation[4] = { 0x20, 0x01, 0x0D, 0xB8 };
	static const unsigned char teredo[4] = { 0x20, 0x01, 0, 0 };

	if (memcmp(bytes, mapped, sizeof mapped) == 0 ||
	    memcmp(bytes, translated, sizeof translated) == 0) {
		return is_public_4(number_4(bytes + 12));
	}
	if (bytes[0] == 0x20 && bytes[1] == 0x02) { /* 2002::/16, 6to4 */
		return is_public_4(number_4(bytes + 2));
	}
	return (bytes[0] & 0xE0) == 0x20 &&
	    memcmp(bytes, documentation, sizeof documentation) != 0 &&
	    memcmp(bytes, teredo, sizeof teredo) != 0;
}

bool
hook_address_is_public(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof four);
		return is_public_4(ntohl(four.sin_addr.s_addr));
	}
	if (address->sa_family == AF_INET6) {
		memcpy(&six, address, sizeof six);
		return is_public_6(six.sin6_addr.s6_addr);
	}
	return false;
}

bool
hook_address_is_loopback(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof four);
		return ntohl(four.sin_addr.s_addr) >> 24 == 127;
	}
	if (address->sa_family == AF_INET6) {
		memcpy(&six, address, sizeof six);
		return memcmp(&six.sin6_addr, &in6addr_loopback, sizeof six.sin6_addr) == 0;
	}
	return false;
}
