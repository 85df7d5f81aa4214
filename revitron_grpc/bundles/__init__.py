"""Read, write and check pyRevit extensions; plan their ribbon and draw their icons."""
