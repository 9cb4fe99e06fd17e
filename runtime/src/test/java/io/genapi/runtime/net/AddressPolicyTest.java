package io.genapi.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final AddressPolicy STRICT = AddressPolicy.allowing(List.of());

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0,                       this machine
            0.1.2.3,                       this machine
            127.0.0.1,                     this machine
            127.255.255.254,               this machine
            ::1,                           this machine
            ::,                            this machine
            ::ffff:127.0.0.1,              this machine
            ::ffff:169.254.169.254,        a cloud's metadata service
            ::ffff:10.0.0.1,               a private network
            10.0.0.0,                      a private network
            10.255.255.255,                a private network
            172.16.0.1,                    a private network
            172.31.255.255,                a private network
            192.168.0.1,                   a private network
            100.64.0.1,                    a provider's inner network
            100.127.255.255,               a provider's inner network
            100.100.100.200,               a cloud's metadata service
            169.254.169.254,               a cloud's metadata service
            168.63.129.16,                 a cloud's metadata service
            fd00:ec2::254,                 a cloud's metadata service
            169.254.0.1,                   the local link
            169.254.170.2,                 the local link
            fe80::1,                       the local link
            febf::1,                       the local link
            fec0::1,                       a private network
            fc00::1,                       a private network
            fdff:ffff::1,                  a private network
            192.0.0.192,                   a reserved purpose
            192.0.2.1,                     documentation
            198.51.100.7,                  documentation
            203.0.113.255,                 documentation
            2001:db8::1,                   documentation
            3fff::1,                       documentation
            192.88.99.1,                   a relay to IPv6
            198.18.0.1,                    measurements
            198.19.255.255,                measurements
            224.0.0.1,                     many receivers
            239.255.255.250,               many receivers
            ff02::1,                       many receivers
            ff0e::1,                       many receivers
            240.0.0.1,                     a reserved purpose
            255.255.255.255,               a reserved purpose
            64:ff9b::7f00:1,               an address of IPv4 in disguise
            64:ff9b::a9fe:a9fe,            an address of IPv4 in disguise
            64:ff9b:1::a00:1,              an address of IPv4 in disguise
            2002:7f00:1::,                 an address of IPv4 in disguise
            2002:a9fe:a9fe::1,             an address of IPv4 in disguise
            2001:0:a9fe:a9fe::1,           an address of IPv4 in disguise
            ::127.0.0.1,                   an address of IPv4 in disguise
            ::ffff:0:127.0.0.1,            an address of IPv4 in disguise
            2001:2::1,                     a reserved purpose
            2001:10::1,                    a reserved purpose
            100::1,                        a reserved purpose
            5f00::1,                       a reserved purpose
            4000::1,                       a reserved purpose
            """)
    void refusesWhatIsNotThePublicInternet(String address, String purpose) {
        assertEquals(Optional.of(purpose), STRICT.objection("any.example", InetAddress.ofLiteral(address)));
    }

    @Test
    void isNotFooledByAnAddressOfVersion6ThatIsOneOfVersion4() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        assertEquals(
                Optional.of("this machine"), STRICT.objection("any.example", InetAddress.getByAddress("x", mapped)));
        InetAddress scoped =
                Inet6Address.getByAddress("x", InetAddress.ofLiteral("fe80::1").getAddress(), 0);
        assertEquals(Optional.of("the local link"), STRICT.objection("any.example", scoped));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void letsThePublicInternetThrough(String address) {
        assertEquals(Optional.empty(), STRICT.objection("any.example", InetAddress.ofLiteral(address)));
    }

    @Test
    void makesTheExceptionsThatAreConfiguredAndNoOthers() {
        AddressPolicy policy = AddressPolicy.allowing(List.of(" Images.Internal ", "10.1.0.0/16", "fd00::7", ""));
        InetAddress inRange = InetAddress.ofLiteral("10.1.255.9");
        InetAddress outside = InetAddress.ofLiteral("10.2.0.1");
        assertEquals(Optional.empty(), policy.objection("any.example", inRange));
        assertEquals(Optional.empty(), policy.objection("images.internal", outside));
        assertEquals(Optional.empty(), policy.objection("IMAGES.internal.", outside));
        assertEquals(Optional.empty(), policy.objection("x", InetAddress.ofLiteral("fd00::7")));
        assertEquals(Optional.of("a private network"), policy.objection("evil.images.internal", outside));
        assertEquals(Optional.of("a private network"), policy.objection("any.example", outside));
        assertEquals(Optional.of("a private network"), policy.objection("x", InetAddress.ofLiteral("fd00::8")));
    }

    /** What {@link InetAddress} makes of texts that look like no address is dialled too, so it is looked at too. */
    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "127.0.1", "localhost", "[::1]", "0"})
    void looksAtWhatAHostBecomesAndNotAtItsText(String host) {
        GuardedHosts hosts = new GuardedHosts(HostResolver.ofSystem(), STRICT);
        assertThrows(UnknownHostException.class, () -> hosts.resolve(host));
    }

    @Test
    void refusesANameThatLeadsToAPublicAndToAPrivateAddress() throws Exception {
        InetAddress open = InetAddress.ofLiteral("1.1.1.1");
        GuardedHosts hosts = new GuardedHosts(
                host -> host.equals("honest.example")
                        ? List.of(open)
                        : List.of(open, InetAddress.ofLiteral("192.168.1.1")),
                STRICT);
        assertEquals(List.of(open), hosts.resolve("honest.example"));
        ForbiddenAddressException refused =
                assertThrows(ForbiddenAddressException.class, () -> hosts.resolve("rebinding.example"));
        assertEquals("a private network", refused.purpose());
        assertThrows(UnknownHostException.class, () -> new GuardedHosts(_ -> List.of(), STRICT).resolve("nobody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fd00::/129", "name", "name/8", ""})
    void readsNoRangeWhereThereIsNone(String text) {
        assertTrue(AddressRange.read(text).isEmpty());
    }
}
