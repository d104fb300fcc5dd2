"""Several people sign one application, each on their own telephone: `signing.actions`, `signing.queries`."""
