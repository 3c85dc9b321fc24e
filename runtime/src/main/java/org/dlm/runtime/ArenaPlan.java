package org.dlm.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the temporaries of a program lie in its arena. Temporaries that are never needed at the same step may share
 * memory; the largest is placed first, each in the tightest gap. Every one starts on a cache line: an array's data
 * begins 16 bytes after its header, so that places are 12 modulo 16 floats.
 */
public final class ArenaPlan {
  private static final int LINE = 16;
  private static final int FIRST = 12;

  private record Request(String name, long size, int firstStep, int lastStep) {}

  private record Placed(Request request, long at) {
    long end() {
      return at + request.size;
    }
  }

  private final List<Request> requests = new ArrayList<>();
  private final Map<String, Placed> placed = new LinkedHashMap<>();
  private long size;

  /** Asks for room for {@code size} elements from the start of {@code firstStep} to the end of {@code lastStep}. */
  public ArenaPlan add(String name, long size, int firstStep, int lastStep) {
    requests.add(new Request(name, (size + LINE - 1) / LINE * LINE, firstStep, lastStep));
    return this;
  }

  /** Finds a place for everything that was asked for. */
  public ArenaPlan place() {
    List<Request> largestFirst = new ArrayList<>(requests);
    largestFirst.sort(Comparator.comparingLong(Request::size).reversed());
    for (Request request : largestFirst) {
      Placed found = new Placed(request, gap(request));
      placed.put(request.name, found);
      size = Math.max(size, found.end());
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new InputProblem("the intermediate results need " + size + " numbers, more than one array holds",
          "use a smaller batch");
    }
    return this;
  }

  private long gap(Request request) {
    List<Placed> busy = placed.values().stream()
        .filter(p -> p.request.firstStep <= request.lastStep && request.firstStep <= p.request.lastStep)
        .sorted(Comparator.comparingLong(Placed::at)).toList();
    long best = -1;
    long bestRoom = Long.MAX_VALUE;
    long free = FIRST;
    for (Placed p : busy) {
      long room = p.at - free;
      if (room >= request.size && room < bestRoom) {
        best = free;
        bestRoom = room;
      }
      free = Math.max(free, p.end());
    }
    return best >= 0 ? best : free;
  }

  /** Elements of the arena, once everything has its place. */
  public long size() {
    return size;
  }

  /** Where the temporary of that name begins. */
  public int at(String name) {
    return (int) placed.get(name).at;
  }

  /** The array if it is large enough, else a new one. */
  public float[] fit(float[] arena) {
    return arena.length >= size ? arena : new float[(int) size];
  }

  /** The array if it is large enough, else a new one. */
  public int[] fit(int[] arena) {
    return arena.length >= size ? arena : new int[(int) size];
  }
}
