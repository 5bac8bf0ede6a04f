(function(d){var h=d.documentElement,c='js';try{c+=' '+(localStorage.getItem('pufa-size')||'')+' '+(localStorage.getItem('pufa-contrast')||'')}catch(e){}h.className=c})(document)
