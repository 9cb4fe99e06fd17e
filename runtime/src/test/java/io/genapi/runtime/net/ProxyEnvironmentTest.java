package io.genapi.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyEnvironmentTest {

    private static final ProxyRule AS_ENVIRONMENT = new ProxyRule.AsEnvironment();

    private static String between(Map<String, String> environment, String address) {
        return new ProxyEnvironment(environment)
                .between(URI.create(address), AS_ENVIRONMENT)
                .map(ProxyServer::toString)
                .orElse("none");
    }

    @Test
    void readsTheVariableOfTheAddressScheme() {
        var both = Map.of("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain:8081");
        assertEquals("secure:3128", between(both, "https://api.openai.com/v1"));
        assertEquals("plain:8081", between(both, "http://vllm.example/v1"));
        assertEquals("none", between(Map.of(), "https://api.openai.com/v1"));
        assertEquals("none", between(Map.of("HTTPS_PROXY", " "), "https://api.openai.com/v1"));
        assertEquals("none", between(Map.of("HTTPS_PROXY", "socks5://no:1"), "https://api.openai.com/v1"));
    }

    @Test
    void callsThisMachineDirectly() {
        var proxy = Map.of("HTTP_PROXY", "http://proxy");
        assertEquals("none", between(proxy, "http://localhost:9999/v1"));
        assertEquals("none", between(proxy, "http://127.0.0.1:9999/v1"));
        assertEquals("none", between(proxy, "http://[::1]:9999/v1"));
        assertEquals("proxy:80", between(proxy, "http://10.0.0.1:9999/v1"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, none",
        "openai.com, none",
        ".openai.com, none",
        "*.openai.com, none",
        "API.OPENAI.COM, none",
        "api.openai.com:443, none",
        "api.openai.com:8443, proxy:80",
        "penai.com, proxy:80",
        "'a.example b.example,openai.com', none",
        "10.0.0.0/8, proxy:80",
        "'', proxy:80"
    })
    void makesExceptions(String exceptions, String expected) {
        var environment = Map.of("HTTPS_PROXY", "http://proxy", "no_proxy", exceptions);
        assertEquals(expected, between(environment, "https://api.openai.com/v1"));
    }

    @Test
    void makesExceptionsOfRanges() {
        var environment = Map.of("HTTP_PROXY", "http://proxy", "NO_PROXY", "10.0.0.0/8,fd00::/8");
        assertEquals("none", between(environment, "http://10.9.8.7/v1"));
        assertEquals("none", between(environment, "http://[fd00::1]/v1"));
        assertEquals("proxy:80", between(environment, "http://11.9.8.7/v1"));
    }

    @Test
    void letsTheCatalogDecideOtherwise() {
        ProxyEnvironment environment = new ProxyEnvironment(Map.of("HTTPS_PROXY", "http://proxy"));
        URI vendor = URI.create("https://api.openai.com/v1");
        assertEquals(Optional.empty(), environment.between(vendor, new ProxyRule.Direct()));
        ProxyServer own = ProxyServer.read("http://own:1").orElseThrow();
        assertEquals(Optional.of(own), environment.between(vendor, new ProxyRule.Through(own)));
    }

    @Test
    void takesALoginAndDoesNotShowIt() {
        ProxyServer proxy = ProxyServer.read("http://me:p%40ss+word@proxy:3128").orElseThrow();
        ProxyServer.Login login = proxy.login().orElseThrow();
        assertEquals("me", login.user());
        assertEquals("p@ss+word", login.password().reveal());
        assertFalse(proxy.toString().contains("me"));
        assertFalse(login.toString().contains("p@ss"));
    }
}
