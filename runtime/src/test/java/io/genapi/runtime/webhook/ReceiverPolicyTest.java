package io.genapi.runtime.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.StartException;
import io.genapi.runtime.webhook.ReceiverReading.Accepted;
import io.genapi.runtime.webhook.ReceiverReading.Refused;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverPolicyTest {

    private static final ReceiverPolicy STRICT = policy(List.of(), List.of());

    private static ReceiverPolicy policy(List<String> allow, List<String> allowHttp) {
        return ReceiverPolicy.of(new ReceiverSettings(allow, allowHttp, false), "0.0.0.0");
    }

    private static String reason(ReceiverPolicy policy, String url) {
        return assertInstanceOf(Refused.class, policy.read(url), url).reason();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            https://127.0.0.1/,                            this machine
            https://127.0.0.1:8443/hooks,                  this machine
            https://localhost/,                            this machine
            https://LOCALHOST:9000/,                       this machine
            https://metadata.localhost/,                   this machine
            https://0.0.0.0/,                              this machine
            https://[::1]/,                                this machine
            https://[::]/,                                 this machine
            https://[0:0:0:0:0:0:0:1]:443/,                this machine
            https://[::ffff:127.0.0.1]/,                   this machine
            https://[::ffff:7f00:1]/,                      this machine
            https://10.0.0.5/,                             a private network
            https://172.16.3.4/,                           a private network
            https://192.168.1.1/,                          a private network
            https://[::ffff:10.0.0.1]/,                    a private network
            https://[fd12:3456::1]/,                       a private network
            https://100.64.0.1/,                           a provider's inner network
            https://169.254.169.254/latest/meta-data/,     a cloud's metadata service
            https://168.63.129.16/,                        a cloud's metadata service
            https://100.100.100.200/,                      a cloud's metadata service
            https://[fd00:ec2::254]/,                      a cloud's metadata service
            https://[::ffff:169.254.169.254]/,             a cloud's metadata service
            https://169.254.1.1/,                          the local link
            https://[fe80::1]/,                            the local link
            https://224.0.0.1/,                            many receivers
            https://[ff02::1]/,                            many receivers
            https://255.255.255.255/,                      a reserved purpose
            https://198.18.0.1/,                           measurements
            https://192.0.2.1/,                            documentation
            https://[64:ff9b::a9fe:a9fe]/,                 an address of IPv4 in disguise
            https://[64:ff9b:1::7f00:1]/,                  an address of IPv4 in disguise
            https://[2002:7f00:1::]/,                      an address of IPv4 in disguise
            https://[2001:0:a9fe:a9fe::1]/,                an address of IPv4 in disguise
            https://[::127.0.0.1]/,                        an address of IPv4 in disguise
            https://0x7f.1/,                               may stand for any address
            https://0x7f000001/,                           may stand for any address
            https://2130706433/,                           may stand for any address
            https://127.1/,                                may stand for any address
            https://127.0.1/,                              may stand for any address
            https://0177.0.0.1/,                           may stand for any address
            https://0/,                                    may stand for any address
            https://127.0.0.1./,                           may stand for any address
            https://1.2.3.4.5/,                            may stand for any address
            https://256.1.1.1/,                            may stand for any address
            https://example.0x1/,                          may stand for any address
            https://hooks.example.com./,                   ends with a dot
            https://localhost./,                           ends with a dot
            https://user:pw@example.com/,                  a user or a password
            https://example.com@127.0.0.1/,                a user or a password
            https://127.0.0.1:80@example.com/,             a user or a password
            https://example.com%40127.0.0.1/,              an escape or a zone
            https://127%2e0%2e0%2e1/,                      an escape or a zone
            https://[fe80::1%25eth0]/,                     an escape or a zone
            https://①②⑦.⓪.⓪.①/,                           punycode
            https://127。0。0。1/,                           punycode
            https://exämple.com/,                          punycode
            https://example.com\\@127.0.0.1/,              no URL
            https://exa mple.com/,                         no URL
            https://[::1/,                                 no URL
            https://under_score.example/,                  no name and no address
            https://-.example/,                            no name and no address
            https://example.com:443:80/,                   no name and no address
            https://example.com:0/,                        its port is 0
            https://example.com:65536/,                    its port is 65536
            https://example.com/#x,                        fragment
            http://example.com/,                           not https
            http://127.0.0.1:8080/,                        not https
            HTTP://10.0.0.1/,                              not https
            ftp://example.com/,                            does not begin with https://
            file:///etc/passwd,                            does not begin with https://
            gopher://127.0.0.1:6379/_x,                    does not begin with https://
            jar:https://example.com/!/,                    does not begin with https://
            javascript:alert(1),                           does not begin with https://
            https:example.com,                             does not begin with https://
            https:///example.com,                          does not begin with https://
            //example.com/,                                does not begin with https://
            example.com/hooks,                             does not begin with https://
            ``,                                            does not begin with https://
            """)
    void refusesWhatLeadsElsewhereThanToThePublicInternet(String url, String reason) {
        String told = reason(STRICT, url);
        assertTrue(told.contains(reason), told);
    }

    @Test
    void refusesLineBreaksAndEndlessAddresses() {
        assertTrue(reason(STRICT, "https://example.com/\r\nX: y").contains("no URL"));
        assertTrue(reason(STRICT, "https://example.com/" + "x".repeat(2_048)).contains("more than 2048 characters"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/genapi?team=1",
                "HTTPS://Hooks.Example.Com",
                "https://hooks.example.com:8443/x",
                "https://1.1.1.1/x",
                "https://[2606:4700::1111]/x",
                "https://xn--exmple-cua.com/",
                "https://0x7f.1.example.com/",
                "https://127.0.0.1.example.com/"
            })
    void acceptsWhatMayBePublic(String url) {
        assertEquals(new Accepted(URI.create(url)), STRICT.read(url));
    }

    @Test
    void makesTheExceptionsThatAreConfiguredAndNoOthers() {
        ReceiverPolicy policy =
                policy(List.of("hooks.internal", "10.1.0.0/16"), List.of("legacy.internal", "10.2.0.7"));
        for (String url : List.of(
                "https://hooks.internal/",
                "https://10.1.2.3/",
                "https://legacy.internal/",
                "http://legacy.internal/",
                "http://10.2.0.7:8080/",
                "https://10.2.0.7/")) {
            assertInstanceOf(Accepted.class, policy.read(url), url);
        }
        assertTrue(reason(policy, "http://10.1.2.3/").contains("genapi.webhook.allow-http"));
        assertTrue(reason(policy, "https://10.2.0.8/").contains("genapi.webhook.allow"));
        assertTrue(reason(policy, "http://1.1.1.1/").contains("an address of the public internet"));
    }

    @Test
    void letsDevelopersReceiveOnTheirOwnMachineByPlainHttp() {
        ReceiverPolicy policy = ReceiverPolicy.of(new ReceiverSettings(List.of(), List.of(), true), "127.0.0.1");
        for (String url : List.of(
                "http://localhost:3000/hooks", "http://127.0.0.1:3000/", "http://[::1]:3000/", "https://localhost/")) {
            assertInstanceOf(Accepted.class, policy.read(url), url);
        }
        assertTrue(reason(policy, "http://10.0.0.1/").contains("a private network"));
        assertTrue(reason(policy, "http://0.0.0.0/").contains("this machine"));
        assertTrue(reason(policy, "http://1.1.1.1/").contains("an address of the public internet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "", "10.0.0.1", "::"})
    void doesNotStartWhereOthersCouldSendToThisMachine(String listening) {
        String message = String.valueOf(assertThrows(
                        StartException.class,
                        () -> ReceiverPolicy.of(new ReceiverSettings(List.of(), List.of(), true), listening))
                .getMessage());
        assertTrue(message.contains("genapi.webhook.allow-loopback"), message);
        assertTrue(message.contains(listening.isBlank() ? "every address" : listening), message);
    }
}
