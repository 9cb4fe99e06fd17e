package io.genapi.runtime.net;

/** How connections to somebody are made. */
public sealed interface ProxyRule {

    /** As the environment's {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} say. */
    record AsEnvironment() implements ProxyRule {

        @Override
        public String toString() {
            return "as the environment says";
        }
    }

    /** Without a proxy, whatever the environment says. */
    record Direct() implements ProxyRule {

        @Override
        public String toString() {
            return "none";
        }
    }

    /** By way of this proxy, whatever the environment says. */
    record Through(ProxyServer proxy) implements ProxyRule {

        @Override
        public String toString() {
            return proxy.toString();
        }
    }
}
