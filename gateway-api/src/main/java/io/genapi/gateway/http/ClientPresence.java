package io.genapi.gateway.http;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a request's client is still connected, as far as the server can tell without a word to it. */
@FunctionalInterface
public interface ClientPresence {

    /** The attribute of a request in which the server leaves one. */
    String ATTRIBUTE = ClientPresence.class.getName();

    boolean isThere();

    /** Who cannot be asked counts as there. */
    static ClientPresence of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientPresence presence ? presence : () -> true;
    }
}
