// What every page needs: nothing yet.
