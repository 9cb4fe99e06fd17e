package io.genapi.gateway.responses;

import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * One item of what a model was given. It is made when it is asked for: of many, a page is told.
 *
 * @param place among all of them, from 0
 * @param item made anew each time
 */
public record GivenItem(int place, String id, Supplier<ObjectNode> item) {}
