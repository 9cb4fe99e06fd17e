package io.genapi.runtime.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.net.ForbiddenAddressException;
import io.genapi.runtime.net.HostResolver;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverHostsTest {

    private static final URI RECEIVER = URI.create("https://hooks.example.com/");

    private static ReceiverHosts hosts(HostResolver resolver, String... allowHttp) {
        ReceiverSettings settings = new ReceiverSettings(List.of(), List.of(allowHttp), false);
        return new ReceiverHosts(ReceiverPolicy.of(settings, "127.0.0.1"), resolver);
    }

    private static List<InetAddress> addresses(String literals) {
        return Arrays.stream(literals.split(" ", -1))
                .map(InetAddress::ofLiteral)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.1,                            this machine
            0.0.0.0,                              this machine
            ::1,                                  this machine
            ::ffff:127.0.0.1,                     this machine
            10.1.2.3,                             a private network
            192.168.0.10,                         a private network
            fc00::5,                              a private network
            169.254.169.254,                      a cloud's metadata service
            fd00:ec2::254,                        a cloud's metadata service
            fe80::1,                              the local link
            239.1.1.1,                            many receivers
            64:ff9b::10.0.0.1,                    an address of IPv4 in disguise
            2002:a00:1::,                         an address of IPv4 in disguise
            2001:0:7f00:1::,                      an address of IPv4 in disguise
            1.1.1.1 127.0.0.1,                    this machine
            127.0.0.1 1.1.1.1,                    this machine
            2606:4700::1111 10.0.0.1,             a private network
            1.1.1.1 9.9.9.9 169.254.169.254,      a cloud's metadata service
            1.1.1.1 ::ffff:192.168.1.1,           a private network
            """)
    void refusesANameThatLeadsWhereNobodyMaySend(String answer, String purpose) {
        ReceiverHosts hosts = hosts(_ -> addresses(answer));
        assertEquals(
                purpose,
                assertThrows(ForbiddenAddressException.class, () -> hosts.resolve(RECEIVER))
                        .purpose());
        String told = hosts.objection(RECEIVER).orElseThrow();
        assertTrue(told.contains("an address of " + purpose), told);
        for (String address : answer.split(" ", -1)) {
            assertTrue(!told.contains(address), told);
        }
    }

    @Test
    void looksAgainAtANameThatWasPublicAMomentAgo() throws Exception {
        Iterator<String> answers = List.of("1.1.1.1", "127.0.0.1", "1.1.1.1").iterator();
        ReceiverHosts hosts = hosts(_ -> addresses(answers.next()));
        assertEquals(addresses("1.1.1.1"), hosts.resolve(RECEIVER));
        assertThrows(ForbiddenAddressException.class, () -> hosts.resolve(RECEIVER));
        assertEquals(addresses("1.1.1.1"), hosts.resolve(RECEIVER));
    }

    @Test
    void hasNothingToSayOfANameThatIsNotKnownYet() {
        ReceiverHosts none = hosts(_ -> List.of());
        assertThrows(UnknownHostException.class, () -> none.resolve(RECEIVER));
        assertEquals(Optional.empty(), none.objection(RECEIVER));
        ReceiverHosts unknown = hosts(host -> {
            throw new UnknownHostException(host);
        });
        assertEquals(Optional.empty(), unknown.objection(RECEIVER));
    }

    @Test
    void leadsPlainHttpToWhatIsNamedForItAlone() throws Exception {
        URI plain = URI.create("http://hooks.example.com/");
        ReceiverHosts inside = hosts(_ -> addresses("10.2.0.7"), "10.2.0.0/16");
        assertEquals(addresses("10.2.0.7"), inside.resolve(plain));
        ReceiverHosts outside = hosts(_ -> addresses("1.1.1.1"), "10.2.0.0/16");
        assertEquals(addresses("1.1.1.1"), outside.resolve(RECEIVER));
        String told = outside.objection(plain).orElseThrow();
        assertTrue(told.contains("an address of the public internet"), told);
        assertTrue(told.contains("genapi.webhook.allow-http"), told);
    }
}
