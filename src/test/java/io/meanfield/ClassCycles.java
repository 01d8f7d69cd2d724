package io.meanfield;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Strongly connected components of a dependency graph (Tarjan 1972). */
final class ClassCycles {
  private final Map<String, Set<String>> graph;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Deque<String> stack = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private ClassCycles(Map<String, Set<String>> graph) {
    this.graph = graph;
  }

  /** Returns the components of more than two classes. */
  static List<Set<String>> largerThanTwo(Map<String, Set<String>> graph) {
    ClassCycles cycles = new ClassCycles(graph);
    for (String name : graph.keySet()) {
      if (!cycles.index.containsKey(name)) {
        cycles.visit(name);
      }
    }
    return cycles.found.stream().filter(component -> component.size() > 2).toList();
  }

  private void visit(String name) {
    index.put(name, index.size());
    low.put(name, index.get(name));
    stack.push(name);
    for (String target : graph.getOrDefault(name, Set.of())) {
      if (!index.containsKey(target)) {
        visit(target);
        low.merge(name, low.get(target), Math::min);
      } else if (stack.contains(target)) {
        low.merge(name, index.get(target), Math::min);
      }
    }
    if (low.get(name).equals(index.get(name))) {
      Set<String> component = new TreeSet<>();
      String popped;
      do {
        popped = stack.pop();
        component.add(popped);
      } while (!popped.equals(name));
      found.add(component);
    }
  }
}
