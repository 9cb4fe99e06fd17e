package io.genapi.simulator.http;

import io.genapi.simulator.tls.ServerCertificate;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What connections meet before a call comes over them.
 *
 * @param certificate to speak TLS with; empty to speak plain HTTP
 * @param cutHandshakes asked at each connection's first byte
 * @param connected called when a client connects
 * @param disconnected called when a connection is gone, once for each
 */
public record ConnectionRules(
        Optional<ServerCertificate> certificate,
        BooleanSupplier cutHandshakes,
        Runnable connected,
        Runnable disconnected) {}
